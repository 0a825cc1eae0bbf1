package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Size;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.ConvOp;
import terrazzo.runtime.NativeWork;
import terrazzo.runtime.TorchProgram;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchWeights;

/// A process that ends while libtorch works for another of its threads.
final class EndTest {

    private static final int CODE = 7;

    @TempDir
    private Path folder;

    @Test
    void leavesAThreadBehindThatIsInOneLongCall() throws Exception {
        Ended ended = end("1000", "15", "1");
        assertEquals(CODE, ended.code, ended.output);
        assertTrue(ended.output.contains("working"), ended.output);
        assertFalse(ended.output.contains("fatal error"), ended.output);
        assertTrue(ended.seconds < 20, ended.seconds + " s");
    }

    @Test
    void doesNotEndBelowAThreadThatCallsAgainAndAgain() throws Exception {
        Ended ended = end("32", "3", "100000000");
        assertEquals(CODE, ended.code, ended.output);
        assertFalse(ended.output.contains("fatal error"), ended.output);
    }

    /// How the process ended.
    ///
    /// @param seconds from the moment in which it was told to end
    private record Ended(int code, String output, double seconds) {}

    private Ended end(String... work) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
        command.addAll(List.of(work));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long told = System.nanoTime();
        while (process.isAlive()
                && !Files.readString(output, StandardCharsets.UTF_8).contains("ending")) {
            TimeUnit.MILLISECONDS.sleep(20);
            told = System.nanoTime();
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process did not end");
        double seconds = (System.nanoTime() - told) / 1e9;
        assertFalse(Files.exists(folder.resolve("hs_err.log")), "libtorch crashed while the process ended");
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8), seconds);
    }

    /// The process: convolves on a thread of its own and ends meanwhile. Arguments: side of the image, side of the
    /// kernel, how often.
    static final class Worker {

        private static final int CHANNELS = 64;

        private Worker() {}

        public static void main(String[] args) throws InterruptedException {
            int side = Integer.parseInt(args[0]);
            int kernel = Integer.parseInt(args[1]);
            int times = Integer.parseInt(args[2]);
            TorchRuntime runtime = TorchRuntime.cpu();
            Trace trace = new Trace(Trace.Mode.EVAL);
            Tensor x = trace.input("x", DType.FLOAT32, Dim.ONE, Dim.of(CHANNELS), Dim.of(side), Dim.of(side));
            Tensor w =
                    trace.input("w", DType.FLOAT32, Dim.of(CHANNELS), Dim.of(CHANNELS), Dim.of(kernel), Dim.of(kernel));
            Size one = new Size(1, 1);
            Tensor y = x.apply(new ConvOp.Conv2d(one, new Size(0, 0), one, 1), w);
            TorchProgram program = runtime.compile(Map.of("convolve", trace.finish(Map.of("y", y))));
            Thread.ofPlatform().daemon().start(() -> {
                try (TorchScope scope = runtime.scope()) {
                    var image = scope.floats(new float[CHANNELS * side * side], 1, CHANNELS, side, side);
                    var weight = scope.floats(
                            new float[CHANNELS * CHANNELS * kernel * kernel], CHANNELS, CHANNELS, kernel, kernel);
                    for (int i = 0; i < times; i++) {
                        try (TorchScope inner = runtime.scope()) {
                            program.run(inner, "convolve", List.of(image, weight), TorchWeights.of(List.of()));
                        }
                    }
                }
            });
            while (!NativeWork.isInProgress()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            TimeUnit.MILLISECONDS.sleep(500); // past the preparations of the first call
            Console.ofProcess().out().println("working");
            Console.ofProcess().out().println("ending");
            Main.end(CODE);
        }
    }
}
