package terrazzo.checkpoint.resize;

/// How samples along a line become more or fewer: each new one is a weighted sum of the old ones.
public enum Kernel {
    /// The sample whose pixel a new one's corner falls into.
    NEAREST {
        @Override
        double[][] weights(int from, int to) {
            double[][] weights = new double[to][from];
            for (int i = 0; i < to; i++) {
                weights[i][(int) Math.min((long) i * from / to, from - 1L)] = 1;
            }
            return weights;
        }
    },
    /// PyTorch's `bilinear`, corners not aligned.
    BILINEAR {
        @Override
        double[][] weights(int from, int to) {
            double[][] weights = new double[to][from];
            for (int i = 0; i < to; i++) {
                double at = Math.max(0, centre(i, from, to));
                int left = Math.min((int) at, from - 1);
                double t = at - left;
                weights[i][left] += 1 - t;
                weights[i][Math.min(left + 1, from - 1)] += t;
            }
            return weights;
        }
    },
    /// PyTorch's `bicubic`, corners not aligned: convolution with `a = -0.75`, the outermost samples repeated.
    BICUBIC {
        @Override
        double[][] weights(int from, int to) {
            double[][] weights = new double[to][from];
            for (int i = 0; i < to; i++) {
                double at = centre(i, from, to);
                int left = (int) Math.floor(at);
                for (int tap = -1; tap <= 2; tap++) {
                    weights[i][Math.clamp(left + tap, 0, from - 1)] += cubic(Math.abs(at - left - tap));
                }
            }
            return weights;
        }
    },
    /// A cubic spline through samples whose distance grows from the middle outwards as a geometric series, so that near
    /// offsets keep their meaning ([BEiT](https://arxiv.org/abs/2106.08254)). Takes odd counts, at least 5.
    GEOMETRIC {
        @Override
        double[][] weights(int from, int to) {
            double[] places = Spline.geometricPlaces(from / 2, to / 2);
            double[] wanted = new double[to];
            for (int i = 0; i < to; i++) {
                wanted[i] = i - to / 2;
            }
            return new Spline(places).weights(wanted);
        }
    };

    private static final double A = -0.75;

    /// Weights `[to][from]`.
    abstract double[][] weights(int from, int to);

    /// Where the middle of new sample `i` lies among the old ones.
    private static double centre(int i, int from, int to) {
        return (i + 0.5) * from / to - 0.5;
    }

    private static double cubic(double x) { // x from 0 to 2
        return x <= 1 ? ((A + 2) * x - (A + 3)) * x * x + 1 : ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
    }
}
