package terrazzo.graph.ir;

import java.util.List;

/// Attention that the executor has a kernel for.
public sealed interface AttentionOp extends Op {

    /// Operands: queries `[..., L, d]`, keys `[..., S, d]`, values `[..., S, e]`, then what is added to
    /// the products, broadcast to `[..., L, S]`, where there is anything: `softmax(q kᵀ * scale + bias) v`.
    record ScaledDotProduct(double scale) implements AttentionOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType q = inputs.get(0);
            ShapeRules.agreed(
                    q.dim(-1),
                    inputs.get(1).dim(-1),
                    "queries and keys of one width",
                    q.shape() + " and " + inputs.get(1).shape());
            return List.of(q.withShape(q.shape().with(-1, inputs.get(2).dim(-1))));
        }
    }
}
