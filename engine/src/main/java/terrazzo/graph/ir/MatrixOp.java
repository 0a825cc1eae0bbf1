package terrazzo.graph.ir;

import java.util.ArrayList;
import java.util.List;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;

/// Matrix products.
public sealed interface MatrixOp extends Op {

    /// Operands: `[..., M, K]` and `[..., K, P]`; leading axes broadcast.
    record MatMul() implements MatrixOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            Shape a = inputs.get(0).shape();
            Shape b = inputs.get(1).shape();
            if (a.rank() < 2 || b.rank() < 2) {
                throw ShapeRules.mismatch("matmul", "two matrices", a + " and " + b);
            }
            ShapeRules.agreed(a.dim(-1), b.dim(-2), "matrices that multiply", a + " and " + b);
            Shape batch = ShapeRules.broadcast(
                    new Shape(a.dims().subList(0, a.rank() - 2)),
                    new Shape(b.dims().subList(0, b.rank() - 2)));
            List<Dim> dims = new ArrayList<>(batch.dims());
            dims.add(a.dim(-2));
            dims.add(b.dim(-1));
            return List.of(inputs.getFirst().withShape(new Shape(dims)));
        }
    }

    /// Operands: input `[..., C]`, weight `[O, C]`, then bias `[O]` where there is one.
    record Linear() implements MatrixOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.get(0);
            ShapeRules.channels("linear", in.dim(-1), inputs.get(1).dim(1));
            return List.of(in.withShape(in.shape().with(-1, inputs.get(1).dim(0))));
        }
    }
}
