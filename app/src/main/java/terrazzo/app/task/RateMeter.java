package terrazzo.app.task;

/// Estimates how fast work goes and how long the rest will take, from what was done so far. The newest seconds count
/// most, so that a slow start does not spoil the estimate.
final class RateMeter {

    /// After this long an observation counts for a third.
    private static final double MEMORY_SECONDS = 4;

    private long lastNanos;
    private long lastDone;
    private double rate = Double.NaN;

    RateMeter(long startNanos) {
        lastNanos = startNanos;
    }

    void at(long done, long nanos) {
        double seconds = (nanos - lastNanos) / 1e9;
        if (seconds < 0.2 || done <= lastDone) {
            return;
        }
        double now = (done - lastDone) / seconds;
        double weight = Double.isNaN(rate) ? 1 : 1 - Math.exp(-seconds / MEMORY_SECONDS);
        rate = Double.isNaN(rate) ? now : rate + weight * (now - rate);
        lastNanos = nanos;
        lastDone = done;
    }

    /// Units per second, NaN before the first estimate.
    double rate() {
        return rate;
    }

    /// Seconds that `rest` units will take, NaN before the first estimate.
    double secondsFor(long rest) {
        return rest / rate;
    }
}
