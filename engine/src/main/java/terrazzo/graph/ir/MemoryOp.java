package terrazzo.graph.ir;

import java.util.List;

/// Where and how elements lie in memory.
public sealed interface MemoryOp extends Op {

    /// Operand: `[N, C, H, W]`. The same elements with the channels of a pixel side by side.
    record ChannelsLast() implements MemoryOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Operands: a buffer, then its new content. Changes the buffer; the result is the buffer.
    record Assign() implements MemoryOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }

        @Override
        public boolean hasSideEffect() {
            return true;
        }
    }
}
