package terrazzo.checkpoint.resize;

import java.util.List;
import terrazzo.checkpoint.HostTensor;
import terrazzo.core.Size;

/// Vectors on a grid: element `(row * width + column) * channels + channel`.
final class Table {

    private final Size size;
    private final int channels;
    private final double[] values;

    private Table(Size size, int channels, double[] values) {
        this.size = size;
        this.channels = channels;
        this.values = values;
    }

    /// The vectors of `[height * width, channels]`, row by row.
    static Table of(Size size, HostTensor rows) {
        return new Table(size, rows.shape().getLast().intValue(), rows.toDoubles());
    }

    /// The grid at another size, rows and columns each resampled.
    Table resized(Size other, Kernel kernel) {
        double[] tall = along(values, size.width() * channels, kernel.weights(size.height(), other.height()));
        double[] wide = along(tall, channels, kernel.weights(size.width(), other.width()));
        return new Table(other, channels, wide);
    }

    /// Resamples the middle dimension of `[outer, from, inner]`.
    ///
    /// @param weights `[to][from]`
    private static double[] along(double[] values, int inner, double[][] weights) {
        int to = weights.length;
        int from = weights[0].length;
        int outer = values.length / (from * inner);
        double[] made = new double[outer * to * inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < to; i++) {
                int target = (o * to + i) * inner;
                for (int k = 0; k < from; k++) {
                    double weight = weights[i][k];
                    int source = (o * from + k) * inner;
                    for (int d = 0; weight != 0 && d < inner; d++) {
                        made[target + d] += weight * values[source + d];
                    }
                }
            }
        }
        return made;
    }

    /// As `[height * width, channels]` float32.
    HostTensor rows() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return HostTensor.ofFloats(List.of(size.area(), (long) channels), floats);
    }
}
