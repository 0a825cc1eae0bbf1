package terrazzo.models.blocks;

import java.util.List;
import java.util.function.UnaryOperator;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PoolOp;
import terrazzo.graph.ir.ResizeOp.Interpolation;

/// Resizing by a factor instead of to a size.
public final class Rescale {

    private static final double HALF = 0.5;

    private Rescale() {}

    /// Bilinear, to `factor` times the height and width.
    public static UnaryOperator<Tensor> by(int factor, boolean alignCorners) {
        return x -> x.resize(
                Interpolation.BILINEAR, x.dim(2).times(factor), x.dim(3).times(factor), alignCorners);
    }

    /// Bilinear by a factor of 0.5, 1, 2, 3, …, corners not aligned.
    public static UnaryOperator<Tensor> by(double factor) {
        if (factor == HALF) {
            return Rescale::halved;
        }
        return by((int) factor, false);
    }

    /// Reads factors that [#by(double)] can do.
    public static List<Double> read(ConfigNode c, String key, List<Double> otherwise) {
        List<Double> factors = c.numbers(key, otherwise);
        for (double factor : factors) {
            if (factor != HALF && (factor < 1 || factor != Math.rint(factor))) {
                throw c.error(key, "0.5 or whole numbers", Double.toString(factor), "");
            }
        }
        return factors;
    }

    /// The mean of 2x2 pixels: what bilinear sampling at the middle between them is. A last odd row or column goes.
    private static Tensor halved(Tensor x) {
        Size two = new Size(2, 2);
        return x.apply(new PoolOp.AvgPool2d(two, two, new Size(0, 0), false, true));
    }
}
