package terrazzo.graph.ir;

import java.util.ArrayList;
import java.util.List;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;

/// Results that look at a whole axis. Operand: input; axes count from 0.
public sealed interface ReduceOp extends Op {

    enum ReduceKind {
        SUM,
        MEAN,
        AMAX,
        AMIN,
        LOGSUMEXP
    }

    /// @param axes axes to reduce; empty for all
    /// @param keepDims whether reduced axes stay with size 1
    record Reduce(ReduceKind kind, List<Integer> axes, boolean keepDims) implements ReduceOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            DType dtype = kind == ReduceKind.SUM && !in.dtype().isFloating() ? DType.INT64 : in.dtype();
            return List.of(new TensorType(dtype, without(in.shape(), axes, keepDims)));
        }
    }

    /// The index of the largest element along `axis`.
    record ArgMax(int axis, boolean keepDim) implements ReduceOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            return List.of(new TensorType(DType.INT64, without(in.shape(), List.of(axis), keepDim)));
        }
    }

    /// The largest element along `axis` and its index.
    record MaxWithIndex(int axis, boolean keepDim) implements ReduceOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            TensorType max = in.withShape(without(in.shape(), List.of(axis), keepDim));
            return List.of(max, max.withDType(DType.INT64));
        }
    }

    /// @param log whether the result is the logarithm of the softmax
    record Softmax(int axis, boolean log) implements ReduceOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    record CumSum(int axis) implements ReduceOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            return List.of(in.dtype().isFloating() ? in : in.withDType(DType.INT64));
        }
    }

    /// The `k` largest along `axis`, sorted, and their indices.
    record TopK(Dim k, int axis) implements ReduceOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            TensorType top = in.withShape(in.shape().with(axis, k));
            return List.of(top, top.withDType(DType.INT64));
        }
    }

    /// All elements along `axis` in order, and where each was.
    record Sort(int axis, boolean descending) implements ReduceOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            return List.of(in, in.withDType(DType.INT64));
        }
    }

    private static Shape without(Shape shape, List<Integer> axes, boolean keepDims) {
        List<Dim> dims = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
            if (!axes.isEmpty() && !axes.contains(i)) {
                dims.add(shape.dim(i));
            } else if (keepDims) {
                dims.add(Dim.ONE);
            }
        }
        return new Shape(dims);
    }
}
