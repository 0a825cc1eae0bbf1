package terrazzo.train.figure;

import java.util.Arrays;

/// The range that most values of a series lie in, for an axis that a few spikes don't flatten.
public final class Outliers {

    private static final int SAMPLES = 20_000;

    /// How far beyond the quartiles values still count, in distances between the quartiles. Tukey's fences
    /// are at 1.5; curves of losses are skewed, so ours are wider.
    private static final double FENCE = 3;

    private Outliers() {}

    /// Lowest and highest of the values that are no outliers; NaN twice when there is no number.
    public static double[] range(double[] values) {
        double[] sorted = sample(values);
        if (sorted.length == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        Arrays.sort(sorted);
        double first = sorted[sorted.length / 4];
        double third = sorted[Math.min(sorted.length - 1, sorted.length * 3 / 4)];
        double reach = FENCE * (third - first);
        double low = Double.NaN;
        double high = Double.NaN;
        for (double value : sorted) {
            if (value >= first - reach && value <= third + reach) {
                low = Double.isNaN(low) ? value : low;
                high = value;
            }
        }
        return new double[] {low, high};
    }

    private static double[] sample(double[] values) {
        int step = Math.max(1, values.length / SAMPLES);
        double[] sample = new double[values.length / step + 1];
        int size = 0;
        for (int i = 0; i < values.length; i += step) {
            if (Double.isFinite(values[i])) {
                sample[size++] = values[i];
            }
        }
        return Arrays.copyOf(sample, size);
    }
}
