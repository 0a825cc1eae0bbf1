package terrazzo.train.figure;

import java.util.Arrays;

/// The range that most values of a series lie in, for an axis that a few spikes don't flatten.
///
/// Other charts of training (TensorBoard, Weights & Biases) show from the 5th to the 95th percentile. That
/// alone cuts off the beginning of every curve; quartiles and fences alone call every step of a constant an
/// outlier, and the first of four scores. Here a value is one only when three things are true: it lies far
/// beyond the quartiles, it is in the last twentieth at its end, and to show it too would make the range more
/// than twice as high. So no more than a twentieth is ever left out at either end, nothing of a curve of fewer
/// than twenty values, and nothing that costs little.
public final class Outliers {

    private static final int SAMPLES = 20_000;

    /// How far beyond the quartiles values still count, in distances between the quartiles. Tukey's fences
    /// are at 1.5; curves of losses are skewed, so ours are wider.
    private static final double FENCE = 3;

    /// One in so many may be an outlier at each end.
    private static final int SHARE = 20;

    /// How many times as high the rest must get for values to be left out.
    private static final double GAIN = 2;

    private Outliers() {}

    /// Lowest and highest of the values that are no outliers; NaN twice when there is no number.
    public static double[] range(double[] values) {
        double[] sorted = sample(values);
        if (sorted.length == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        Arrays.sort(sorted);
        double first = sorted[sorted.length / 4];
        double third = sorted[sorted.length * 3 / 4];
        double reach = FENCE * (third - first);
        int most = sorted.length / SHARE;
        int low = 0;
        while (low < most && sorted[low] < first - reach) {
            low++;
        }
        int high = sorted.length - 1;
        while (high > sorted.length - 1 - most && sorted[high] > third + reach) {
            high--;
        }
        double least = sorted[high] - GAIN * (sorted[high] - sorted[low]);
        double greatest = sorted[low] + GAIN * (sorted[high] - sorted[low]);
        while (low > 0 && sorted[low - 1] >= least) {
            low--;
        }
        while (high < sorted.length - 1 && sorted[high + 1] <= greatest) {
            high++;
        }
        return new double[] {sorted[low], sorted[high]};
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
