package terrazzo.graph.ir;

import java.util.ArrayList;
import java.util.List;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;

/// Picking elements by computed positions; axes count from 0.
public sealed interface IndexOp extends Op {

    /// Operands: input, index (int64) of the same rank; element `[i][j]` is `input[i][index[i][j]]` for axis 1.
    record Gather(int axis) implements IndexOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.get(0).withShape(inputs.get(1).shape()));
        }
    }

    /// Operands: input, index `[M]` (int64): whole slices along `axis`.
    record IndexSelect(int axis) implements IndexOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.get(0);
            return List.of(in.withShape(in.shape().with(axis, inputs.get(1).dim(0))));
        }
    }

    /// Operands: base, index (int64), values: values added to (or put in) base's places along `axis`; a new tensor.
    record Scatter(int axis, boolean add) implements IndexOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Operands: input, mask (bool) of the same shape: the elements where the mask holds, as `[count]`.
    ///
    /// @param count a symbol of its own for how many there are
    record MaskedSelect(Dim count) implements IndexOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst().withShape(Shape.of(count)));
        }
    }

    /// Operand: classes (int64) `[...]`: `[..., classes]` of 0 and 1, int64.
    record OneHot(int classes) implements IndexOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            List<Dim> dims = new ArrayList<>(inputs.getFirst().shape().dims());
            dims.add(Dim.of(classes));
            return List.of(new TensorType(DType.INT64, new Shape(dims)));
        }
    }
}
