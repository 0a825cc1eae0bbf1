package terrazzo.cli;

import java.time.Duration;
import terrazzo.train.runner.RunStatus;

/// Shows how a training goes: one line that is rewritten on a terminal, a line every half a minute elsewhere.
final class TrainView implements AutoCloseable {

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
                s.state() == RunStatus.State.TRAINING ? "" : s.state().name().toLowerCase(java.util.Locale.ROOT) + "  ";
        String left = Double.isFinite(s.secondsLeft()) ? "  " + left(s.secondsLeft()) + " left" : "";
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

    private static long memoryMegabytes() {
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
