package terrazzo.app.segment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.UserFolder;
import terrazzo.core.image.Raster;
import terrazzo.inference.Catalogues;

/// Opens the built-in model, runs it and closes it, again and again: libtorch's memory must come back.
@Tag("slow")
final class NativeLeakTest {

    private static final Size IMAGE = new Size(270, 480);
    private static final int WARM_UP = 15;
    private static final int ROUNDS = 50;

    /// What a round may leave for good. libtorch keeps about 190 KB of each program that it loads; the next thing that
    /// could stay is larger: an image as floats takes 1.5 MB, its logits of 8 classes 4.1 MB.
    private static final long ROUND_BYTES = 700L << 10;

    @TempDir
    private Path folder;

    @Test
    void fiftyModelsOpenedRunAndClosedLeaveNoNativeMemory() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "skipped: no /proc");
        EngineSegmentation segmentation = new EngineSegmentation(Catalogues::builtIn, new UserFolder(folder));
        Raster image = new Raster(IMAGE, new byte[Math.toIntExact(IMAGE.area() * 3)]);
        ModelRequest request = new ModelRequest(ModelSource.builtIn(), "cpu", "fp32");
        List<Long> resident = new ArrayList<>();
        for (int i = 0; i < WARM_UP + ROUNDS; i++) {
            try (SegmentationModel model = segmentation.open(request, Progress.NONE, new Cancellation())) {
                model.run(image, new Cancellation());
                model.run(image, new Cancellation());
            }
            System.gc(); // so that Java's heap stays as large as it is, and doesn't count
            resident.add(residentBytes());
        }
        long grown = resident.getLast() - resident.get(WARM_UP - 1);
        assertTrue(
                grown < ROUNDS * ROUND_BYTES,
                "grown by " + (grown >> 10) + " KB in " + ROUNDS + " rounds; MB after each: "
                        + resident.stream().map(b -> b >> 20).toList());
    }

    /// Resident memory of the process but for files that are mapped.
    private static long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.US_ASCII)) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("/proc/self/status: expected RssAnon");
    }
}
