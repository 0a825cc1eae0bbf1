package terrazzo.graph.ir;

import java.util.List;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;

/// Tensors that do not come from the input's content.
public sealed interface CreateOp extends Op {

    /// Operand: any tensor on the device to make it on.
    record Full(Shape shape, double value, DType dtype) implements CreateOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(new TensorType(dtype, shape));
        }
    }

    /// Operand: any tensor on the device to make it on. The numbers `0 … count-1`.
    record Arange(Dim count, DType dtype) implements CreateOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(new TensorType(dtype, Shape.of(count)));
        }
    }

    /// No operands. Numbers known while tracing, row by row.
    record Literal(Shape shape, List<Double> numbers, DType dtype) implements CreateOp {
        public Literal {
            numbers = List.copyOf(numbers);
        }

        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(new TensorType(dtype, shape));
        }
    }
}
