package terrazzo.app;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private FrameMeter() {}

    /// @param millis of each frame, sorted
    /// @param processorMillis that a frame took of all processors together, whatever else ran on the machine
    record Figures(List<Double> millis, double processorMillis) {

        double percentile(int p) {
            return millis.get((millis.size() - 1) * p / 100);
        }

        /// `median 4.9 ms, p95 7.2 ms, worst 9.0 ms (8.1 ms of processor time each)`.
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "median %.1f ms, p95 %.1f ms, worst %.1f ms (%.1f ms of processor time each)",
                    percentile(50),
                    percentile(95),
                    percentile(100),
                    processorMillis);
        }
    }

    /// Runs `step` once per frame on the UI thread; not to be called there.
    ///
    /// @param frames that count
    static Figures measure(int frames, IntConsumer step) throws InterruptedException, ExecutionException {
        CompletableFuture<Figures> done = new CompletableFuture<>();
        Platform.runLater(() -> new AnimationTimer() {
            private final double[] millis = new double[frames];
            private int frame = -WARM_UP;
            private long last = System.nanoTime();
            private long processor;

            @Override
            public void handle(long now) {
                long at = System.nanoTime();
                if (frame == 0) {
                    processor = SYSTEM.getProcessCpuTime();
                } else if (frame > 0) {
                    millis[frame - 1] = (at - last) / 1e6;
                }
                last = at;
                if (frame == frames) {
                    stop();
                    double mean = (SYSTEM.getProcessCpuTime() - processor) / 1e6 / frames;
                    done.complete(
                            new Figures(Arrays.stream(millis).sorted().boxed().toList(), mean));
                    return;
                }
                step.accept(frame + WARM_UP);
                frame++;
            }
        }.start());
        return done.get();
    }
}
