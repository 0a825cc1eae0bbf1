package terrazzo.graph.ir;

import java.util.List;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Shape;

/// One result per element.
public sealed interface PointwiseOp extends Op {

    /// Functions of one element, named as PyTorch names them.
    enum UnaryKind {
        ABS,
        EXP,
        FLOOR,
        GELU,
        HARDSIGMOID,
        HARDSWISH,
        LOG,
        LOGICAL_NOT,
        NEG,
        RELU,
        RELU6,
        RSQRT,
        SIGMOID,
        SILU,
        SOFTPLUS,
        SQRT,
        TANH
    }

    /// Functions of two elements, named as PyTorch names them.
    enum BinaryKind {
        ADD(false),
        SUB(false),
        MUL(false),
        DIV(false),
        POW(false),
        MAXIMUM(false),
        MINIMUM(false),
        EQ(true),
        NE(true),
        LT(true),
        LE(true),
        GT(true),
        GE(true),
        LOGICAL_AND(true),
        LOGICAL_OR(true);

        private final boolean truth;

        BinaryKind(boolean truth) {
            this.truth = truth;
        }

        /// Whether the result is true or false.
        public boolean isTruth() {
            return truth;
        }
    }

    /// Operand: input.
    record Unary(UnaryKind kind) implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(kind == UnaryKind.LOGICAL_NOT ? inputs.getFirst().withDType(DType.BOOL) : inputs.getFirst());
        }
    }

    /// Operands: left, right; broadcast.
    record Binary(BinaryKind kind) implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType left = inputs.get(0);
            TensorType right = inputs.get(1);
            Shape shape = ShapeRules.broadcast(left.shape(), right.shape());
            return List.of(new TensorType(kind.isTruth() ? DType.BOOL : promoted(left, right, kind), shape));
        }
    }

    /// Operand: left. The right side is `value`, written as a whole number where the operand holds whole numbers.
    record Scalar(BinaryKind kind, double value) implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType left = inputs.getFirst();
            return List.of(kind.isTruth() ? left.withDType(DType.BOOL) : left);
        }
    }

    /// Operand: input. `slope * x` below 0.
    record LeakyRelu(double slope) implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Operand: input. `alpha * (exp(x) - 1)` below 0.
    record Elu(double alpha) implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Operand: input. Infinite bounds do not bind.
    record Clamp(double min, double max) implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Operand: input. 0 where it lies within `-bound` and `bound`.
    record HardShrink(double bound) implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Operands: input `[N, C, ...]`, weight `[C]` or `[1]`: the slope below 0.
    record PRelu() implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Operands: condition, value where true, value where false; broadcast.
    record Where() implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            Shape values =
                    ShapeRules.broadcast(inputs.get(1).shape(), inputs.get(2).shape());
            return List.of(
                    inputs.get(1).withShape(ShapeRules.broadcast(inputs.get(0).shape(), values)));
        }
    }

    /// Operand: input.
    record Cast(DType dtype) implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst().withDType(dtype));
        }
    }

    /// Operand: input. The same numbers, with no gradient flowing back.
    record Detach() implements PointwiseOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    private static DType promoted(TensorType left, TensorType right, BinaryKind kind) {
        DType a = left.dtype();
        DType b = right.dtype();
        if (kind == BinaryKind.DIV && !a.isFloating() && !b.isFloating()) {
            return DType.FLOAT32;
        }
        if (a.isFloating() != b.isFloating()) {
            return a.isFloating() ? a : b;
        }
        return b.sizeBytes() > a.sizeBytes() ? b : a;
    }
}
