package terrazzo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.train.runner.RunStatus;

/// Shows how a training goes: one line that is rewritten on a terminal, a line every half a minute elsewhere.
final class TrainView implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrainView.class);
    private static final long QUIET_NANOS = 30_000_000_000L;
    private static final String CLEAR = "\r\u001B[K";

    private final Console console;
    private long toldNanos = System.nanoTime() - QUIET_NANOS;
    private RunStatus.State told = RunStatus.State.CHECKING;

    TrainView(Console console) {
        this.console = console;
    }

    void status(RunStatus status) {
        if (console.isTerminal()) {
            console.err().print(CLEAR + line(status));
            console.err().flush();
        } else if (status.state() != told || System.nanoTime() - toldNanos >= QUIET_NANOS) {
            console.say(line(status));
            toldNanos = System.nanoTime();
        }
        told = status.state();
    }

    private static String line(RunStatus s) {
        String state =
                s.state() == RunStatus.State.TRAINING ? "" : s.state().name().toLowerCase(Locale.ROOT) + "  ";
        String left = Double.isFinite(s.secondsLeft()) ? "  " + left(s.secondsLeft()) + " left" : "";
        if (Double.isNaN(s.loss())) {
            return state
                    + "%d/%d  %d MB%s"
                            .formatted(
                                    s.iter(),
                                    s.maxIters(),
                                    memoryMegabytes(),
                                    s.message().isEmpty() ? "" : "  " + s.message());
        }
        return state
                + "%d/%d  loss %.4f  lr %.3g  %.1f img/s  waits %.0f %%%s  %d MB%s"
                        .formatted(
                                s.iter(),
                                s.maxIters(),
                                s.loss(),
                                s.lr(),
                                s.imagesPerSecond(),
                                100 * s.dataWait(),
                                left,
                                memoryMegabytes(),
                                s.message().isEmpty() ? "" : "  " + s.message());
    }

    private static String left(double seconds) {
        Duration d = Duration.ofSeconds(Math.round(seconds));
        return d.toHours() > 0
                ? "%d:%02d:%02d".formatted(d.toHours(), d.toMinutesPart(), d.toSecondsPart())
                : "%d:%02d".formatted(d.toMinutes(), d.toSecondsPart());
    }

    /// What the process takes, native memory included, where the system tells; else the heap.
    private static long memoryMegabytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
                }
            }
        } catch (IOException _) {
            log.trace("this system does not say what a process takes");
        }
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    @Override
    public void close() {
        if (console.isTerminal()) {
            console.err().println();
        }
    }
}
