package terrazzo.graph.ir;

import java.util.List;

/// Normalisations. The result has the input's type.
public sealed interface NormOp extends Op {

    @Override
    default List<TensorType> infer(List<TensorType> inputs) {
        return List.of(inputs.getFirst());
    }

    /// Operands: input `[N, C, ...]`, weight, bias, running mean, running variance, each `[C]`.
    ///
    /// @param training whether the batch's statistics are used, and the running ones moved towards them
    /// @param momentum weight of the batch in the running statistics
    record BatchNorm(boolean training, double momentum, double eps) implements NormOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            ShapeRules.channels(
                    "batch_norm", inputs.get(0).dim(1), inputs.get(1).dim(0));
            return List.of(inputs.getFirst());
        }

        @Override
        public boolean hasSideEffect() {
            return training;
        }
    }

    /// Operands: input `[..., D]`, weight `[D]`, bias `[D]`; over the last axis.
    record LayerNorm(double eps) implements NormOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            ShapeRules.channels(
                    "layer_norm", inputs.get(0).dim(-1), inputs.get(1).dim(0));
            return List.of(inputs.getFirst());
        }
    }

    /// Operands: input `[N, C, ...]`, weight `[C]`, bias `[C]`.
    record GroupNorm(int groups, double eps) implements NormOp {}

    /// Operand: input `[N, C, H, W]`, then weight and bias `[C]` where there are any. Statistics of each image.
    record InstanceNorm(double eps) implements NormOp {}
}
