package terrazzo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import terrazzo.cli.Shell.Outcome;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DeviceException;

final class ErrorBoundaryTest {

    @TempDir
    private Path home;

    /// Fails as it is told to.
    @Command(name = "fail")
    record FailingCommand(Throwable failure) implements Callable<Integer> {

        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }

    private Outcome fail(Throwable failure, String... args) {
        return new Shell(home).run(_ -> new FailingCommand(failure), "fail", args);
    }

    private static Outcome failed(String line) {
        return new Outcome(ExitCode.FAILURE, "", "error: " + line + "\n");
    }

    @Test
    void saysWhatTheUserCanMend() {
        var failure = new DeviceException(
                Complaint.at("--device cuda:1").expected("a GPU").got("none").advice("use --device cpu"));

        assertEquals(failed("--device cuda:1: expected a GPU, got none — use --device cpu"), fail(failure));
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        assertEquals(failed("a.png: no such file or folder"), fail(new NoSuchFileException("a.png")));
        assertEquals(failed("a.png: permission denied"), fail(new AccessDeniedException("a.png")));
        assertEquals(failed("a.png: expected a folder, got a file"), fail(new NotDirectoryException("a.png")));
        assertEquals(
                failed("a.png: no space left on device"),
                fail(new FileSystemException("a.png", null, "No space left on device")));
        assertEquals(failed("stream closed"), fail(new IOException("Stream closed")));
    }

    @Test
    void looksIntoWrappers() {
        assertEquals(
                failed("a.png: no such file or folder"),
                fail(new CompletionException(new UncheckedIOException(new NoSuchFileException("a.png")))));
    }

    @Test
    void advisesWhenMemoryEnds() {
        Outcome expected = failed("not enough memory — use smaller images or fewer at a time, close other programs, or"
                + " raise the limit of Java with TERRAZZO_JAVA_OPTS=-Xmx8g");

        assertEquals(expected, fail(new OutOfMemoryError("Java heap space")));
        assertEquals(
                expected,
                fail(new IllegalStateException("DefaultCPUAllocator: can't allocate memory: you tried 9 bytes")));
    }

    @Test
    void endsQuietlyWhenCancelled() {
        assertEquals(new Outcome(ExitCode.CANCELLED, "", "cancelled\n"), fail(new CancellationException("cancelled")));
    }

    @Test
    void keepsTheTraceOfAFaultOfOurs() throws IOException {
        Outcome outcome = fail(new IllegalStateException("no such node\nsecond line"));

        assertEquals(ExitCode.FAILURE, outcome.code());
        assertEquals(
                "error: IllegalStateException: no such node — this is a fault of Terrazzo; details are in"
                        + " HOME/logs/fault-STAMP.txt\n",
                outcome.err().replaceFirst("fault-\\d{8}-\\d{6}", "fault-STAMP"));
        try (var logs = Files.list(home.resolve("logs"))) {
            List<Path> files = logs.toList();
            assertEquals(1, files.size());
            assertTrue(Files.readString(files.getFirst())
                    .startsWith("java.lang.IllegalStateException: no such node\nsecond line"));
        }
    }

    @Test
    void showsTheTraceWhenAskedTo() {
        Outcome outcome = fail(new IllegalStateException("no such node"), "--verbose");

        List<String> lines = outcome.err().lines().toList();
        assertEquals("error: IllegalStateException: no such node — this is a fault of Terrazzo", lines.get(0));
        assertEquals("java.lang.IllegalStateException: no such node", lines.get(1));
        assertTrue(Files.notExists(home.resolve("logs")));
    }

    @Test
    void wordsErrorsOfTheMachineToo() {
        Outcome outcome = fail(new StackOverflowError());

        assertTrue(
                outcome.err().startsWith("error: StackOverflowError — this is a fault of Terrazzo; details are in"),
                outcome.err());
        assertEquals(ExitCode.FAILURE, outcome.code());
    }
}
