package terrazzo.graph.ir;

import java.util.List;
import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.ShapeRules.Window;

/// Convolutions over `[N, C, H, W]`.
public sealed interface ConvOp extends Op {

    /// Operands: input `[N, C, H, W]`, weight `[O, C/groups, kh, kw]`, then bias `[O]` where there is one.
    record Conv2d(Size stride, Size padding, Size dilation, int groups) implements ConvOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.get(0);
            Shape weight = inputs.get(1).shape();
            ShapeRules.rank("conv2d", in.shape(), 4);
            ShapeRules.channels("conv2d", in.dim(1), weight.dim(1).times(groups));
            Dim h = ShapeRules.windows(
                    in.dim(2),
                    new Window(weight.dim(2).intValue(), stride.height(), padding.height(), dilation.height(), false));
            Dim w = ShapeRules.windows(
                    in.dim(3),
                    new Window(weight.dim(3).intValue(), stride.width(), padding.width(), dilation.width(), false));
            return List.of(in.withShape(Shape.of(in.dim(0), weight.dim(0), h, w)));
        }
    }

    /// Operands: input `[1, G, H, W]`, weight `[G, 1, kh, kw]`: each plane with a kernel of its own, where G depends on
    /// the
    /// size of the batch. No padding.
    record Planewise() implements ConvOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.get(0);
            Shape weight = inputs.get(1).shape();
            ShapeRules.rank("conv2d", in.shape(), 4);
            ShapeRules.channels("conv2d", in.dim(1), weight.dim(0));
            Dim h = in.dim(2).minus(weight.dim(2)).plus(1);
            Dim w = in.dim(3).minus(weight.dim(3)).plus(1);
            return List.of(in.withShape(Shape.of(in.dim(0), in.dim(1), h, w)));
        }
    }

    /// Operands: input `[N, C, H, W]`, weight `[C, O/groups, kh, kw]`, then bias `[O]` where there is one.
    record ConvTranspose2d(Size stride, Size padding, Size outputPadding, int groups) implements ConvOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.get(0);
            Shape weight = inputs.get(1).shape();
            ShapeRules.rank("conv_transpose2d", in.shape(), 4);
            ShapeRules.channels("conv_transpose2d", in.dim(1), weight.dim(0));
            Dim h = in.dim(2)
                    .minus(1)
                    .times(stride.height())
                    .plus(weight.dim(2))
                    .plus(outputPadding.height() - 2L * padding.height());
            Dim w = in.dim(3)
                    .minus(1)
                    .times(stride.width())
                    .plus(weight.dim(3))
                    .plus(outputPadding.width() - 2L * padding.width());
            return List.of(in.withShape(Shape.of(in.dim(0), weight.dim(1).times(groups), h, w)));
        }
    }
}
