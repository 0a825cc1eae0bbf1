package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
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

/// A process that ends while libtorch works for another of its threads; by a signal or by itself, with our
/// commands or without. `-Dends=20` ends more than three of them.
final class EndTest {

    private static final int CODE = 7;

    @TempDir
    private Path folder;

    @Test
    void leavesAThreadBehindThatIsInOneLongCall() throws Exception {
        Ended ended = end(Way.COMMAND, "1000", "15", "1");
        assertEquals(CODE, ended.code, ended.output);
        assertTrue(ended.output.contains("working"), ended.output);
        assertFalse(ended.output.contains("fatal error"), ended.output);
        assertTrue(ended.seconds < 20, ended.seconds + " s");
    }

    @Test
    void doesNotEndBelowAThreadThatCallsAgainAndAgain() throws Exception {
        Ended ended = end(Way.COMMAND, "32", "3", "100000000");
        assertEquals(CODE, ended.code, ended.output);
        assertFalse(ended.output.contains("fatal error"), ended.output);
    }

    @Test
    void endsWithItsOwnCodeAndWithoutACrashHoweverItEnds() throws Exception {
        Assumptions.assumeTrue(NativeWork.spareLibraries(), "skipped: only glibc ends a process as we want");
        List<Way> ways = List.of(Way.EXIT, Way.TERMINATED, Way.INTERRUPTED);
        int ends = Integer.getInteger("ends", ways.size());
        for (int i = 0; i < ends; i++) {
            Way way = ways.get(i % ways.size());
            Ended ended = end(way, "32", "3", "100000000");
            assertEquals(way.code, ended.code, way + ": " + ended.output);
            assertFalse(ended.output.contains("fatal error"), ended.output);
        }
    }

    /// How a process is ended, and the exit code that belongs to it.
    private enum Way {
        /// As a command of ours ends.
        COMMAND(CODE),
        /// By `System.exit` of a program that uses the engine as a library.
        EXIT(CODE),
        /// By the signal that asks programs to end.
        TERMINATED(128 + 15),
        /// By Ctrl+C.
        INTERRUPTED(128 + 2);

        private final int code;

        Way(int code) {
            this.code = code;
        }

        /// Sends the signal, if it is one.
        void apply(Process process) throws IOException, InterruptedException {
            switch (this) {
                case COMMAND, EXIT -> {} // the process does it by itself
                case TERMINATED -> process.destroy();
                case INTERRUPTED ->
                    new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor();
            }
        }
    }

    /// How the process ended.
    ///
    /// @param seconds from the moment in which it was told to end
    private record Ended(int code, String output, double seconds) {}

    private Ended end(Way way, String... work) throws Exception {
        ProcessBuilder builder =
                OwnJvm.running(Worker.class, List.of("-XX:ErrorFile=" + folder.resolve("hs_err.log")), work);
        builder.command().add(way.name());
        if (way == Way.INTERRUPTED) { // a background job of a shell ignores it, and so would all that it starts
            builder.command().addAll(0, List.of("env", "--default-signal=INT"));
        }
        Path output = folder.resolve("output.txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        long told = System.nanoTime();
        while (process.isAlive()
                && !Files.readString(output, StandardCharsets.UTF_8).contains("ending")) {
            TimeUnit.MILLISECONDS.sleep(20);
            told = System.nanoTime();
        }
        way.apply(process);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process did not end");
        double seconds = (System.nanoTime() - told) / 1e9;
        assertFalse(Files.exists(folder.resolve("hs_err.log")), "libtorch crashed while the process ended");
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8), seconds);
    }

    /// The process: convolves on a thread of its own and ends meanwhile. Arguments: side of the image, side
    /// of the kernel, how often, and the [Way] in which it ends.
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
            switch (Way.valueOf(args[3])) {
                case COMMAND -> Main.end(CODE);
                case EXIT -> System.exit(CODE);
                case TERMINATED, INTERRUPTED -> TimeUnit.MINUTES.sleep(1);
            }
        }
    }
}
