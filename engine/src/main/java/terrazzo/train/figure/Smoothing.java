package terrazzo.train.figure;

/// Smooths a series as TensorBoard does: an exponential moving average without the pull towards zero at its
/// start.
public final class Smoothing {

    private Smoothing() {}

    /// The average at each value: `a[i] = w a[i-1] + (1 - w) y[i]`, divided by `1 - w^(i+1)`. Values that are
    /// not finite stay as they are and don't count.
    ///
    /// @param weight what the past counts: 0 leaves the values as they are, 1 is not reached
    public static double[] ema(double[] values, double weight) {
        double[] smooth = new double[values.length];
        double average = 0;
        double counted = 1; // weight to the power of the values seen
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                smooth[i] = values[i];
                continue;
            }
            average = weight * average + (1 - weight) * values[i];
            counted *= weight;
            smooth[i] = average / (1 - counted);
        }
        return smooth;
    }
}
