package terrazzo.graph.ir;

import java.util.List;
import terrazzo.core.shape.Dim;

/// Sampling `[N, C, H, W]` at other places.
public sealed interface ResizeOp extends Op {

    enum Interpolation {
        NEAREST,
        BILINEAR,
        BICUBIC
    }

    /// Operand: input.
    ///
    /// @param alignCorners whether the corner pixels' centres, not their outer corners, are mapped onto each other
    record Resize(Interpolation mode, Dim h, Dim w, boolean alignCorners) implements ResizeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            ShapeRules.rank("resize", in.shape(), 4);
            return List.of(in.withShape(in.shape().with(2, h).with(3, w)));
        }
    }

    /// Operands: input `[N, C, H, W]`, grid `[N, Ho, Wo, 2]` of (x, y) in -1..1; zeros outside.
    record GridSample(Interpolation mode, boolean alignCorners) implements ResizeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.get(0);
            TensorType grid = inputs.get(1);
            return List.of(in.withShape(in.shape().with(2, grid.dim(1)).with(3, grid.dim(2))));
        }
    }
}
