package terrazzo.graph;

import java.util.function.LongToDoubleFunction;
import terrazzo.core.shape.Shape;

/// The numbers that a parameter starts with.
public sealed interface Init {

    /// Every element the same.
    record Constant(double value) implements Init {}

    /// Evenly from `low` (included) to `high` (excluded).
    record Uniform(double low, double high) implements Init {}

    record Normal(double mean, double std) implements Init {}

    /// Normal, drawn again by inversion so that all lie from `low` to `high`.
    record TruncatedNormal(double mean, double std, double low, double high) implements Init {}

    /// Numbers that a module computes for itself, such as positions in a table.
    ///
    /// @param at the number at a row-major index
    record Computed(LongToDoubleFunction at) implements Init {}

    Init ZEROS = new Constant(0);
    Init ONES = new Constant(1);

    /// PyTorch's default for the weights and biases of convolutions and linear layers: evenly within `1 / sqrt(fanIn)`.
    static Init fanInUniform(long fanIn) {
        double bound = 1 / Math.sqrt((double) Math.max(1, fanIn));
        return new Uniform(-bound, bound);
    }

    /// Xavier's uniform initialisation over fan in and fan out
    /// ([Glorot et al.](https://proceedings.mlr.press/v9/glorot10a.html)).
    ///
    /// @param weight shape `[out, in, ...]`
    static Init xavierUniform(Shape weight) {
        long receptive = 1;
        for (int i = 2; i < weight.rank(); i++) {
            receptive *= weight.dim(i).intValue();
        }
        long fans = (weight.dim(0).intValue() + weight.dim(1).intValue()) * receptive;
        double bound = Math.sqrt(6.0 / (double) fans);
        return new Uniform(-bound, bound);
    }

    /// Kaiming's normal initialisation over the fan out, for layers followed by a ReLU
    /// ([He et al.](https://arxiv.org/abs/1502.01852)).
    ///
    /// @param weight shape `[out, in, ...]`
    static Init kaimingNormalFanOut(Shape weight) {
        long receptive = 1;
        for (int i = 2; i < weight.rank(); i++) {
            receptive *= weight.dim(i).intValue();
        }
        return new Normal(0, Math.sqrt(2.0 / (double) (weight.dim(0).intValue() * receptive)));
    }
}
