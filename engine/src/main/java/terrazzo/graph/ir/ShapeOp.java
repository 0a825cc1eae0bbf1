package terrazzo.graph.ir;

import java.util.ArrayList;
import java.util.List;
import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.ShapeRules.Window;

/// The same elements in another arrangement. Operand: input, where nothing else is said; axes count from 0.
public sealed interface ShapeOp extends Op {

    record Reshape(Shape shape) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            if (in.shape().numel().differsFrom(shape.numel())) {
                throw ShapeRules.mismatch(
                        "reshape", in.shape().numel() + " elements as " + in.shape(), shape.numel() + " as " + shape);
            }
            return List.of(in.withShape(shape));
        }
    }

    record Permute(List<Integer> axes) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            ShapeRules.rank("permute", in.shape(), axes.size());
            return List.of(in.withShape(new Shape(axes.stream().map(in::dim).toList())));
        }
    }

    /// Axes of size 1 repeated to `shape`, without a copy.
    record Expand(Shape shape) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            ShapeRules.broadcast(inputs.getFirst().shape(), shape);
            return List.of(inputs.getFirst().withShape(shape));
        }
    }

    /// Operands: one or more tensors that agree but for `axis`.
    record Concat(int axis) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            Shape shape = inputs.getFirst().shape();
            for (TensorType next : inputs.subList(1, inputs.size())) {
                ShapeRules.rank("concat", next.shape(), shape.rank());
                List<Dim> dims = new ArrayList<>();
                for (int i = 0; i < shape.rank(); i++) {
                    Dim a = shape.dim(i);
                    Dim b = next.dim(i);
                    String got = shape + " and " + next.shape();
                    dims.add(i == axis ? a.plus(b) : ShapeRules.agreed(a, b, "equal sizes but for axis " + axis, got));
                }
                shape = new Shape(dims);
            }
            return List.of(inputs.getFirst().withShape(shape));
        }
    }

    /// Elements `start` (included) to `end` (excluded) of `axis`.
    record Slice(int axis, Dim start, Dim end) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            return List.of(in.withShape(in.shape().with(axis, end.minus(start))));
        }
    }

    /// Adds (positive) or crops (negative) pixels around the last two axes; fills with `value`, or mirrors.
    record Pad2d(Dim left, Dim right, Dim top, Dim bottom, PadMode mode, double value) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            Dim h = in.dim(-2).plus(top).plus(bottom);
            Dim w = in.dim(-1).plus(left).plus(right);
            return List.of(in.withShape(in.shape().with(-2, h).with(-1, w)));
        }
    }

    /// What new pixels at the edge hold.
    enum PadMode {
        CONSTANT,
        REFLECT,
        REPLICATE
    }

    /// Elements shifted along axes; those pushed out at one end come in at the other.
    record Roll(List<Integer> shifts, List<Integer> axes) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    record Flip(List<Integer> axes) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst());
        }
    }

    /// Sliding windows of `[N, C, H, W]` as columns `[N, C*kh*kw, L]` (im2col).
    record Unfold(Size kernel, Size dilation, Size padding, Size stride) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            ShapeRules.rank("unfold", in.shape(), 4);
            Dim h = ShapeRules.windows(
                    in.dim(2),
                    new Window(kernel.height(), stride.height(), padding.height(), dilation.height(), false));
            Dim w = ShapeRules.windows(
                    in.dim(3), new Window(kernel.width(), stride.width(), padding.width(), dilation.width(), false));
            return List.of(in.withShape(Shape.of(in.dim(0), in.dim(1).times(kernel.area()), h.times(w))));
        }
    }

    /// `[N, C*r*r, H, W]` as `[N, C, H*r, W*r]`.
    record PixelShuffle(int factor) implements ShapeOp {
        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            TensorType in = inputs.getFirst();
            ShapeRules.rank("pixel_shuffle", in.shape(), 4);
            Dim c = in.dim(1).floorDiv((long) factor * factor);
            return List.of(in.withShape(
                    Shape.of(in.dim(0), c, in.dim(2).times(factor), in.dim(3).times(factor))));
        }
    }
}
