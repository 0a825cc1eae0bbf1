package terrazzo.app.workspace.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.app.canvas.LabelStyle;
import terrazzo.app.canvas.TiledLabels;
import terrazzo.app.segment.FakeSegmentation;
import terrazzo.app.segment.ModelRequest;
import terrazzo.app.segment.ModelSource;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.images.PngRows;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.inference.overlay.Overlay;

/// One image of 36 million pixels goes through reading, segmenting, counting and writing in tiles.
final class LargeImageTest {

    private static final Size SIZE = new Size(6000, 6000);

    /// Just above what is kept in memory: 2^26 pixels.
    private static final Size TOO_LARGE = new Size(262_208, 256);

    /// What the steps may add to the heap: the image has 108 MB, its labels and confidence 72 MB.
    private static final long ALLOWED = 64L << 20;

    @TempDir
    private Path folder;

    @Test
    void neverHoldsTheWholeImage() throws IOException {
        Path file = image(SIZE);
        Path scratch = folder.resolve("scratch");
        Memory memory = new Memory();
        AtomicInteger looks = new AtomicInteger();
        SegmentationModel model = new FakeSegmentation()
                .open(new ModelRequest(ModelSource.builtIn(), "cpu", "fp32"), Progress.NONE, new Cancellation());
        try (Picture picture = Picture.tiled(file, SIZE, scratch);
                LabelTiles labels = new LabelTiles(scratch, SIZE)) {
            assertFalse(picture.isComplete());
            picture.fill(Progress.NONE, new Cancellation(), () -> {
                looks.incrementAndGet();
                memory.look();
            });
            assertTrue(looks.get() > 50, looks + " looks");
            model.run(picture.tiles().orElseThrow(), labels, (_, _, _) -> memory.look(), new Cancellation());
            Result result = Result.begun(labels, new TiledLabels(labels, Runnable::run, 0))
                    .done(1);
            LabelStatistics counted = result.statistics().orElseThrow();
            assertEquals(SIZE.area(), counted.pixels());
            assertEquals(SIZE.area() / 8, counted.pixels(3, 0));
            assertFalse(result.found().isPresent());
            memory.look();

            LabelStyle style = LabelStyle.of(FakeSegmentation.PALETTE.colors()).withVisible(2, false);
            Exports exports = new Exports(style, FakeSegmentation.PALETTE, scratch);
            exports.saveMask(result, folder.resolve("mask.png"));
            exports.saveOverlay(picture, result, folder.resolve("overlay.png"));
            memory.look();
            assertTrue(memory.grown() < ALLOWED, "grown by " + (memory.grown() >> 20) + " MB");
        }
        try (var left = Files.list(scratch)) {
            assertEquals(0, left.count());
        }
        Raster image = ImageFile.load(file);
        LabelMap mask = LabelMapFile.load(folder.resolve("mask.png"));
        assertEquals(5, mask.at(4000, 17));
        byte[] seen = mask.asBytes().clone();
        for (int i = 0; i < seen.length; i++) {
            seen[i] = seen[i] == 2 ? (byte) LabelMap.IGNORE : seen[i];
        }
        assertArrayEquals(
                Overlay.of(FakeSegmentation.PALETTE, 0.5)
                        .draw(image, new LabelMap(SIZE, seen))
                        .asBgr(),
                ImageFile.load(folder.resolve("overlay.png")).asBgr());
    }

    @Test
    void tellsHowFarALargeImageOfAFolderIs() throws IOException {
        Path file = image(TOO_LARGE);
        SegmentationModel model = new FakeSegmentation()
                .open(new ModelRequest(ModelSource.builtIn(), "cpu", "fp32"), Progress.NONE, new Cancellation());
        List<Double> shares = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void at(long done, long total, String what) {
                shares.add((double) done);
            }

            @Override
            public void within(double share) {
                shares.add(share);
            }
        };
        LabelStyle style = LabelStyle.of(FakeSegmentation.PALETTE.colors());
        Path target = Files.createDirectories(folder.resolve("out"));
        new Exports(style, FakeSegmentation.PALETTE, folder.resolve("scratch"))
                .folder(List.of(file), target, model, new Exports.Watch(progress, new Cancellation()));
        assertTrue(shares.size() > 50, shares.size() + " times");
        assertEquals(shares.stream().sorted().toList(), shares);
        assertEquals(1, shares.getLast());
    }

    @Test
    void smallImagesStayInMemory() {
        Path file = folder.resolve("small.png");
        ImageFile.save(file, new Raster(new Size(20, 30), new byte[1800]));
        try (Picture picture = Picture.load(file, folder)) {
            assertEquals(Optional.of(new Size(20, 30)), picture.raster().map(Raster::size));
        }
    }

    private Path image(Size size) throws IOException {
        Path file = folder.resolve("large.png");
        try (OutputStream out = Files.newOutputStream(file);
                PngRows rows = PngRows.colour(out, size)) {
            byte[] row = new byte[size.width() * 3];
            for (int y = 0; y < size.height(); y++) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = (byte) (i / 3 / 20 + y / 30 * (1 + i % 3));
                }
                rows.row(row, 0);
            }
        }
        return file;
    }

    /// What is reachable, over what was so at first.
    private static final class Memory {

        private final long before = reachable();
        private long most;

        void look() {
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            most = Math.max(most, used - before > ALLOWED ? reachable() : used);
        }

        long grown() {
            return most - before;
        }

        private static long reachable() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }
}
