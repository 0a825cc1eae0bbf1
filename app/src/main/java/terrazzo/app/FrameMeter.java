package terrazzo.app;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/// Times whole frames. A step changes something at each pulse; the next pulse can't begin before the change
/// was laid out and handed to the painter, which in turn has to be through with the frame before. The
/// toolkit must have been started with `javafx.animation.fullspeed`, or frames wait for the clock.
final class FrameMeter {

    /// Frames until the code is compiled; they don't count.
    private static final int WARM_UP = 60;

    private static final String PAINTER = "QuantumRenderer";

    private FrameMeter() {}

    /// What frames took, sorted.
    ///
    /// @param millis by the clock
    /// @param busyMillis of processor time of the UI thread and the painter's, which take turns: what a
    ///     frame takes on a machine that does nothing else
    record Figures(List<Double> millis, List<Double> busyMillis) {

        private static double percentile(List<Double> sorted, int p) {
            return sorted.get((sorted.size() - 1) * p / 100);
        }

        /// `median 4.9 ms, p95 7.2 ms, worst 9.0 ms; of its threads' time 4.1 ms, p95 4.6 ms`.
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "median %.1f ms, p95 %.1f ms, worst %.1f ms; of its threads' time %.1f ms, p95 %.1f ms",
                    percentile(millis, 50),
                    percentile(millis, 95),
                    percentile(millis, 100),
                    percentile(busyMillis, 50),
                    percentile(busyMillis, 95));
        }
    }

    /// Runs `step` once per frame on the UI thread; not to be called there.
    ///
    /// @param frames that count
    static Figures measure(int frames, IntConsumer step) throws InterruptedException, ExecutionException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] painters = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(t -> t != null && t.getThreadName().startsWith(PAINTER))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        CompletableFuture<Figures> done = new CompletableFuture<>();
        Platform.runLater(() -> new AnimationTimer() {
            private final double[] millis = new double[frames];
            private int frame = -WARM_UP;
            private long last = System.nanoTime();
            private final double[] busyMillis = new double[frames];
            private long lastBusy;

            @Override
            public void handle(long now) {
                long at = System.nanoTime();
                long busy = threads.getCurrentThreadCpuTime()
                        + Arrays.stream(painters).map(threads::getThreadCpuTime).sum();
                if (frame > 0) {
                    millis[frame - 1] = (at - last) / 1e6;
                    busyMillis[frame - 1] = (busy - lastBusy) / 1e6;
                }
                lastBusy = busy;
                last = at;
                if (frame == frames) {
                    stop();
                    done.complete(new Figures(sorted(millis), sorted(busyMillis)));
                    return;
                }
                step.accept(frame + WARM_UP);
                frame++;
            }
        }.start());
        return done.get();
    }

    private static List<Double> sorted(double[] values) {
        return Arrays.stream(values).sorted().boxed().toList();
    }
}
