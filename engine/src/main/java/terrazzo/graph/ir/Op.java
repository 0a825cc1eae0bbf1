package terrazzo.graph.ir;

import java.util.List;

/// A computation on tensors, as attributes without operands. Families are sealed, so an emitter's `switch` stops
/// compiling when an op is added and not handled.
public sealed interface Op
        permits AttentionOp,
                ConvOp,
                CreateOp,
                IndexOp,
                LossOp,
                MatrixOp,
                MemoryOp,
                NormOp,
                PointwiseOp,
                PoolOp,
                RandomOp,
                ReduceOp,
                ResizeOp,
                ShapeOp {

    /// The types of the results for operands of the given types.
    ///
    /// @throws terrazzo.core.error.ShapeException when the operands do not fit
    List<TensorType> infer(List<TensorType> inputs);

    /// Whether the op changes an operand, so that it must stay although nobody takes its results.
    default boolean hasSideEffect() {
        return false;
    }
}
