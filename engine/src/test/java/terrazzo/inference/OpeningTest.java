package terrazzo.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PthWriter;
import terrazzo.checkpoint.StateDict;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.torchscript.TorchScript;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.runtime.TorchRuntime;

/// A large model, UPerNet on Swin-L (940 MB of weights), opens within 10 s, and its weights are in memory once. Writes
/// a
/// checkpoint of zeros as large as that, so it runs only when asked: `mvn -pl engine -am test -Dopening=true
/// -Dtest=OpeningTest -Dsurefire.failIfNoSpecifiedTests=false`, alone on its machine.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = "opening", matches = "true")
final class OpeningTest {

    private static final Logger log = LoggerFactory.getLogger(OpeningTest.class);
    private static final String SWIN_L =
            "swin/swin-large-patch4-window12-in22k-384x384-pre_upernet_8xb2-160k_ade20k-512x512.py";
    private static final double MOST_SECONDS = 10;

    @TempDir
    private Path folder;

    private final Config config = load();

    @Test
    @Order(1) // while the JVM and libtorch are cold, as for a user
    void tracesEmitsAndLoadsQuickly() {
        long start = System.nanoTime();
        Segmentor model = StandardParts.parts().segmentor(config.root().node("model"));
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor logits = model.encodeDecode(model.image(trace, 3));
        Graph graph = trace.finish(Map.of("logits", logits));
        double tracing = seconds(start);
        TorchScript.emit(Map.of("logits", graph)).toArchive();
        double emitting = seconds(start) - tracing;
        try (TorchRuntime runtime = TorchRuntime.cpu()) {
            double starting = seconds(start) - tracing - emitting;
            runtime.compile(Map.of("logits", graph));
            double all = seconds(start);
            log.info(
                    "build and trace {} s, emit {} s, start libtorch {} s, emit and load {} s; together {} s",
                    rounded(tracing),
                    rounded(emitting),
                    rounded(starting),
                    rounded(all - tracing - emitting - starting),
                    rounded(all));
            assertTrue(all < MOST_SECONDS, () -> all + " s");
        }
    }

    @Test
    @Order(2)
    void keepsWeightsInMemoryOnce() throws IOException {
        Path checkpoint = folder.resolve("zeros.pth");
        long weights = writeZeros(config, checkpoint) >> 10;
        TorchRuntime.cpu().close(); // its libraries are no weights
        System.gc();
        resetPeak();
        long before = kilobytes("VmRSS");
        long start = System.nanoTime();
        try (SegModel model = SegModel.open(ModelRequest.of(config, checkpoint), Catalogues.builtIn())) {
            double opening = seconds(start);
            long after = kilobytes("VmRSS") - before;
            long peak = kilobytes("VmHWM") - before;
            log.info(
                    "open {} classes, {} kB of weights: {} s, {} kB more resident, {} kB at most",
                    model.numClasses(),
                    weights,
                    rounded(opening),
                    after,
                    peak);
            assertTrue(opening < MOST_SECONDS, () -> opening + " s");
            assertTrue(peak < 1.5 * weights, () -> peak + " kB for " + weights + " kB of weights");
        }
    }

    private static Config load() {
        try {
            return new ConfigLocator().load(SWIN_L, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return bytes of the weights
    private static long writeZeros(Config config, Path file) throws IOException {
        Segmentor model = StandardParts.parts().segmentor(config.root().node("model"));
        try (Arena arena = Arena.ofConfined()) {
            Map<String, HostTensor> tensors = new LinkedHashMap<>();
            for (Parameter p : model.state()) {
                List<Long> shape =
                        p.shape().dims().stream().map(OpeningTest::length).toList();
                long bytes = shape.stream().reduce(1L, Math::multiplyExact)
                        * p.dtype().sizeBytes();
                MemorySegment zeros = arena.allocate(bytes, DType.INT64.sizeBytes());
                tensors.put(p.key(), HostTensor.of(p.dtype(), shape, zeros));
            }
            PthWriter.write(file, PickleValue.Dict.plain().put("state_dict", new StateDict(tensors).toValue()));
        }
        return Files.size(file);
    }

    private static long length(Dim dim) {
        return dim.intValue();
    }

    /// What Linux says of this process.
    private static long kilobytes(String name) throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "skipped: only Linux tells of resident memory");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /// Lets VmHWM, the largest resident memory so far, count from now on.
    private static void resetPeak() throws IOException {
        Path peak = Path.of("/proc/self/clear_refs");
        if (Files.exists(peak)) {
            Files.writeString(peak, "5");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String rounded(double seconds) {
        return "%.2f".formatted(seconds);
    }
}
