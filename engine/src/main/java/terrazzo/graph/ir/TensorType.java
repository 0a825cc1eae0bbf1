package terrazzo.graph.ir;

import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;

/// What is known of a tensor before it exists.
///
/// @param dtype element type
/// @param shape sizes, symbolic where they depend on the input
public record TensorType(DType dtype, Shape shape) {

    public static TensorType float32(Dim... dims) {
        return new TensorType(DType.FLOAT32, Shape.of(dims));
    }

    public TensorType withShape(Shape other) {
        return new TensorType(dtype, other);
    }

    public TensorType withDType(DType other) {
        return new TensorType(other, shape);
    }

    public int rank() {
        return shape.rank();
    }

    public Dim dim(int axis) {
        return shape.dim(axis);
    }
}
