package terrazzo.train.runner;

import java.util.Arrays;
import terrazzo.checkpoint.HistoryBuffer;

/// The course of one logged number, oldest first. Keeps the last million, as mmengine does.
final class ScalarHistory {

    private static final int MAX_LENGTH = 1_000_000;

    private double[] values = new double[64];
    private int size;

    ScalarHistory() {}

    /// Goes on from a checkpoint.
    ScalarHistory(HistoryBuffer saved) {
        values = saved.values().toDoubles();
        size = values.length;
    }

    void add(double value) {
        if (size == MAX_LENGTH) {
            System.arraycopy(values, 1, values, 0, --size);
        } else if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(64, 2 * size));
        }
        values[size++] = value;
    }

    double current() {
        return size == 0 ? Double.NaN : values[size - 1];
    }

    /// The mean of the last `window` values, or of as many as there are.
    double mean(int window) {
        int from = Math.max(0, size - window);
        return Arrays.stream(values, from, size).average().orElse(Double.NaN);
    }

    HistoryBuffer toBuffer() {
        return HistoryBuffer.of(Arrays.copyOf(values, size));
    }
}
