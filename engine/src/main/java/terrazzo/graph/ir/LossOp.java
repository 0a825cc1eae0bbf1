package terrazzo.graph.ir;

import java.util.ArrayList;
import java.util.List;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;

/// Losses per element, not yet reduced.
public sealed interface LossOp extends Op {

    /// Operands: logits `[N, K, ...]`, classes `[N, ...]` (int64), then class weights `[K]` where there are any.
    /// Elements of class `ignoreIndex` get 0.
    record CrossEntropy(int ignoreIndex) implements LossOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType logits = inputs.getFirst();
            List<Dim> dims = new ArrayList<>(logits.shape().dims());
            dims.remove(1);
            return List.of(logits.withShape(new Shape(dims)));
        }
    }

    /// Operands: logits, targets in 0..1 of the same shape, then weights of positives where there are any.
    record BinaryCrossEntropyWithLogits() implements LossOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }
}
