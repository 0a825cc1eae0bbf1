package terrazzo.graph.ir;

import java.util.List;
import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.ShapeRules.Window;

/// Pooling over `[N, C, H, W]`. Operand: input.
public sealed interface PoolOp extends Op {

    record MaxPool2d(Size kernel, Size stride, Size padding, boolean ceil) implements PoolOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return pooled(inputs.getFirst(), new AvgPool2d(kernel, stride, padding, ceil, true));
        }
    }

    /// @param countIncludePad whether padding counts in the mean
    record AvgPool2d(Size kernel, Size stride, Size padding, boolean ceil, boolean countIncludePad) implements PoolOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return pooled(inputs.getFirst(), this);
        }
    }

    /// The mean over each cell of an `h` by `w` grid.
    record AdaptiveAvgPool2d(Dim h, Dim w) implements PoolOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return gridded(inputs.getFirst(), h, w);
        }
    }

    /// The maximum over each cell of an `h` by `w` grid.
    record AdaptiveMaxPool2d(Dim h, Dim w) implements PoolOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return gridded(inputs.getFirst(), h, w);
        }
    }

    private static List<TensorType> gridded(TensorType in, Dim h, Dim w) {
        ShapeRules.rank("adaptive pool", in.shape(), 4);
        return List.of(in.withShape(in.shape().with(2, h).with(3, w)));
    }

    private static List<TensorType> pooled(TensorType in, AvgPool2d pool) {
        ShapeRules.rank("pool", in.shape(), 4);
        Size kernel = pool.kernel();
        Size stride = pool.stride();
        Size padding = pool.padding();
        Dim h = ShapeRules.windows(
                in.dim(2), new Window(kernel.height(), stride.height(), padding.height(), 1, pool.ceil()));
        Dim w = ShapeRules.windows(
                in.dim(3), new Window(kernel.width(), stride.width(), padding.width(), 1, pool.ceil()));
        return List.of(in.withShape(Shape.of(in.dim(0), in.dim(1), h, w)));
    }
}
