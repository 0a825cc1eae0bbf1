package terrazzo.graph.ir;

import java.util.List;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Shape;

/// What differs from run to run. Only training graphs hold these.
public sealed interface RandomOp extends Op {

    /// Operand: input. Each element is 0 with probability `p`, else divided by `1 - p`.
    record Dropout(double p) implements RandomOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Operand: input `[N, C, ...]`. As [Dropout], whole channels at a time.
    record FeatureDropout(double p) implements RandomOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Operand: any tensor on the device to draw on. Float32 numbers, evenly from 0 (included) to 1 (excluded).
    record Uniform(Shape shape) implements RandomOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(new TensorType(DType.FLOAT32, shape));
        }
    }
}
