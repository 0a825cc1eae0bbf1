package terrazzo.graph.torchscript;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import terrazzo.core.Size;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.AttentionOp;
import terrazzo.graph.ir.AttentionOp.ScaledDotProduct;
import terrazzo.graph.ir.ConvOp;
import terrazzo.graph.ir.ConvOp.Conv2d;
import terrazzo.graph.ir.ConvOp.ConvTranspose2d;
import terrazzo.graph.ir.ConvOp.Planewise;
import terrazzo.graph.ir.CreateOp;
import terrazzo.graph.ir.CreateOp.Arange;
import terrazzo.graph.ir.CreateOp.Full;
import terrazzo.graph.ir.CreateOp.Literal;
import terrazzo.graph.ir.IndexOp;
import terrazzo.graph.ir.IndexOp.Gather;
import terrazzo.graph.ir.IndexOp.IndexSelect;
import terrazzo.graph.ir.IndexOp.MaskedSelect;
import terrazzo.graph.ir.IndexOp.OneHot;
import terrazzo.graph.ir.IndexOp.Scatter;
import terrazzo.graph.ir.LossOp;
import terrazzo.graph.ir.LossOp.BinaryCrossEntropyWithLogits;
import terrazzo.graph.ir.LossOp.CrossEntropy;
import terrazzo.graph.ir.MatrixOp;
import terrazzo.graph.ir.MatrixOp.Linear;
import terrazzo.graph.ir.MatrixOp.MatMul;
import terrazzo.graph.ir.MemoryOp;
import terrazzo.graph.ir.MemoryOp.Assign;
import terrazzo.graph.ir.MemoryOp.ChannelsLast;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.NormOp;
import terrazzo.graph.ir.NormOp.BatchNorm;
import terrazzo.graph.ir.NormOp.GroupNorm;
import terrazzo.graph.ir.NormOp.InstanceNorm;
import terrazzo.graph.ir.NormOp.LayerNorm;
import terrazzo.graph.ir.PointwiseOp;
import terrazzo.graph.ir.PointwiseOp.Binary;
import terrazzo.graph.ir.PointwiseOp.Cast;
import terrazzo.graph.ir.PointwiseOp.Clamp;
import terrazzo.graph.ir.PointwiseOp.Detach;
import terrazzo.graph.ir.PointwiseOp.Elu;
import terrazzo.graph.ir.PointwiseOp.HardShrink;
import terrazzo.graph.ir.PointwiseOp.LeakyRelu;
import terrazzo.graph.ir.PointwiseOp.PRelu;
import terrazzo.graph.ir.PointwiseOp.Scalar;
import terrazzo.graph.ir.PointwiseOp.Unary;
import terrazzo.graph.ir.PointwiseOp.Where;
import terrazzo.graph.ir.PoolOp;
import terrazzo.graph.ir.PoolOp.AdaptiveAvgPool2d;
import terrazzo.graph.ir.PoolOp.AdaptiveMaxPool2d;
import terrazzo.graph.ir.PoolOp.AvgPool2d;
import terrazzo.graph.ir.PoolOp.MaxPool2d;
import terrazzo.graph.ir.RandomOp;
import terrazzo.graph.ir.RandomOp.Dropout;
import terrazzo.graph.ir.RandomOp.FeatureDropout;
import terrazzo.graph.ir.RandomOp.Uniform;
import terrazzo.graph.ir.ReduceOp;
import terrazzo.graph.ir.ReduceOp.ArgMax;
import terrazzo.graph.ir.ReduceOp.CumSum;
import terrazzo.graph.ir.ReduceOp.MaxWithIndex;
import terrazzo.graph.ir.ReduceOp.Reduce;
import terrazzo.graph.ir.ReduceOp.Softmax;
import terrazzo.graph.ir.ReduceOp.Sort;
import terrazzo.graph.ir.ReduceOp.TopK;
import terrazzo.graph.ir.ResizeOp;
import terrazzo.graph.ir.ResizeOp.GridSample;
import terrazzo.graph.ir.ResizeOp.Resize;
import terrazzo.graph.ir.ShapeOp;
import terrazzo.graph.ir.ShapeOp.Concat;
import terrazzo.graph.ir.ShapeOp.Expand;
import terrazzo.graph.ir.ShapeOp.Flip;
import terrazzo.graph.ir.ShapeOp.Pad2d;
import terrazzo.graph.ir.ShapeOp.Permute;
import terrazzo.graph.ir.ShapeOp.PixelShuffle;
import terrazzo.graph.ir.ShapeOp.Reshape;
import terrazzo.graph.ir.ShapeOp.Roll;
import terrazzo.graph.ir.ShapeOp.Slice;
import terrazzo.graph.ir.ShapeOp.Unfold;

/// Writes one node as a call of an aten operator. Long because it is the table of all operators.
final class OpWriter {

    private static final int CHANNELS_LAST = 2; // at::MemoryFormat

    private final MethodWriter method;
    private final Node node;

    OpWriter(MethodWriter method, Node node) {
        this.method = method;
        this.node = node;
    }

    String write() {
        return switch (node.op()) {
            case AttentionOp op -> attention(op);
            case ConvOp op -> conv(op);
            case CreateOp op -> create(op);
            case IndexOp op -> index(op);
            case LossOp op -> loss(op);
            case MatrixOp op -> matrix(op);
            case MemoryOp op -> memory(op);
            case NormOp op -> norm(op);
            case PointwiseOp op -> pointwise(op);
            case PoolOp op -> pool(op);
            case RandomOp op -> random(op);
            case ReduceOp op -> reduce(op);
            case ResizeOp op -> resize(op);
            case ShapeOp op -> shape(op);
        };
    }

    private String attention(AttentionOp op) {
        return switch (op) {
            case ScaledDotProduct(var scale) ->
                "torch.scaled_dot_product_attention(" + in(0) + ", " + in(1) + ", " + in(2) + ", " + optional(3)
                        + ", 0., False, scale=" + number(scale) + ")";
        };
    }

    private String conv(ConvOp op) {
        return switch (op) {
            case Conv2d(var stride, var padding, var dilation, var groups) ->
                call("conv2d", in(0), in(1), optional(2), pair(stride), pair(padding), pair(dilation), groups);
            case Planewise _ ->
                call(
                        "conv2d",
                        in(0),
                        in(1),
                        "None",
                        "[1, 1]",
                        "[0, 0]",
                        "[1, 1]",
                        method.size(node.input(0).type().dim(1)));
            case ConvTranspose2d(var stride, var padding, var outputPadding, var groups) ->
                call(
                        "conv_transpose2d",
                        in(0),
                        in(1),
                        optional(2),
                        pair(stride),
                        pair(padding),
                        pair(outputPadding),
                        groups,
                        "[1, 1]");
        };
    }

    private String create(CreateOp op) {
        return switch (op) {
            case Full(var shape, var value, var dtype) ->
                call("full", sizes(shape), number(value), like(dtype.torchCode()));
            case Arange(var count, var dtype) -> call("arange", method.size(count), like(dtype.torchCode()));
            case Literal _ -> throw new IllegalStateException("literals are attributes, not calls");
        };
    }

    private String like(int dtype) {
        return "dtype=" + dtype + ", layout=None, device=ops.prim.device(" + in(0) + "), pin_memory=None";
    }

    private String index(IndexOp op) {
        return switch (op) {
            case Gather(var axis) -> call("gather", in(0), axis, in(1));
            case IndexSelect(var axis) -> call("index_select", in(0), axis, in(1));
            case Scatter(var axis, var add) -> call(add ? "scatter_add" : "scatter", in(0), axis, in(1), in(2));
            case MaskedSelect _ -> call("masked_select", in(0), in(1));
            case OneHot(var classes) -> call("one_hot", in(0), classes);
        };
    }

    private String loss(LossOp op) {
        return switch (op) {
            case CrossEntropy(var ignoreIndex) ->
                call("cross_entropy_loss", in(0), in(1), optional(2), 0, ignoreIndex, "0.");
            case BinaryCrossEntropyWithLogits _ ->
                call("binary_cross_entropy_with_logits", in(0), in(1), "None", optional(2), 0);
        };
    }

    private String matrix(MatrixOp op) {
        return switch (op) {
            case MatMul _ -> call("matmul", in(0), in(1));
            case Linear _ -> call("linear", in(0), in(1), optional(2));
        };
    }

    private String memory(MemoryOp op) {
        return switch (op) {
            case ChannelsLast _ -> call("contiguous", in(0), "memory_format=" + CHANNELS_LAST);
            case Assign _ -> call("copy_", in(0), in(1));
        };
    }

    private String norm(NormOp op) {
        return switch (op) {
            case BatchNorm(var training, var momentum, var eps) ->
                call(
                        "batch_norm",
                        in(0),
                        in(1),
                        in(2),
                        in(3),
                        in(4),
                        truth(training),
                        number(momentum),
                        number(eps),
                        "False");
            case LayerNorm(var eps) ->
                call(
                        "layer_norm",
                        in(0),
                        "[" + method.size(node.input(0).type().dim(-1)) + "]",
                        in(1),
                        in(2),
                        number(eps),
                        "False");
            case GroupNorm(var groups, var eps) ->
                call("group_norm", in(0), groups, in(1), in(2), number(eps), "False");
            case InstanceNorm(var eps) ->
                call(
                        "instance_norm",
                        in(0),
                        optional(1),
                        optional(2),
                        "None",
                        "None",
                        "True",
                        "0.",
                        number(eps),
                        "False");
        };
    }

    private String pointwise(PointwiseOp op) {
        return switch (op) {
            case Unary(var kind) -> call(lower(kind), in(0));
            case Binary(var kind) -> call(lower(kind), in(0), in(1));
            case Scalar(var kind, var value) -> call(lower(kind), in(0), scalar(value));
            case LeakyRelu(var slope) -> call("leaky_relu", in(0), number(slope));
            case Elu(var alpha) -> call("elu", in(0), number(alpha));
            case Clamp(var min, var max) -> call("clamp", in(0), bound(min), bound(max));
            case HardShrink(var bound) -> call("hardshrink", in(0), number(bound));
            case PRelu _ -> call("prelu", in(0), in(1));
            case Where _ -> call("where", in(0), in(1), in(2));
            case Cast(var dtype) -> call("to", in(0), dtype.torchCode());
            case Detach _ -> call("detach", in(0));
        };
    }

    private String pool(PoolOp op) {
        return switch (op) {
            case MaxPool2d(var kernel, var stride, var padding, var ceil) ->
                call("max_pool2d", in(0), pair(kernel), pair(stride), pair(padding), "[1, 1]", truth(ceil));
            case AvgPool2d(var kernel, var stride, var padding, var ceil, var countIncludePad) ->
                call(
                        "avg_pool2d",
                        in(0),
                        pair(kernel),
                        pair(stride),
                        pair(padding),
                        truth(ceil),
                        truth(countIncludePad),
                        "None");
            case AdaptiveAvgPool2d(var h, var w) -> call("adaptive_avg_pool2d", in(0), sizes(Shape.of(h, w)));
            case AdaptiveMaxPool2d(var h, var w) ->
                "(" + call("adaptive_max_pool2d", in(0), sizes(Shape.of(h, w))) + ")[0]";
        };
    }

    private String random(RandomOp op) {
        return switch (op) {
            case Dropout(var p) -> call("dropout", in(0), number(p), "True");
            case FeatureDropout(var p) -> call("feature_dropout", in(0), number(p), "True");
            case Uniform(var shape) -> call("rand", sizes(shape), like(6));
        };
    }

    private String reduce(ReduceOp op) {
        return switch (op) {
            case Reduce(var kind, var axes, var keepDims) -> {
                List<Integer> all = axes.isEmpty()
                        ? IntStream.range(0, node.input(0).type().rank())
                                .boxed()
                                .toList()
                        : axes;
                yield call(lower(kind), in(0), all, truth(keepDims));
            }
            case ArgMax(var axis, var keepDim) -> call("argmax", in(0), axis, truth(keepDim));
            case MaxWithIndex(var axis, var keepDim) -> call("max", in(0), axis, truth(keepDim));
            case Softmax(var axis, var log) -> call(log ? "log_softmax" : "softmax", in(0), axis, "None");
            case CumSum(var axis) -> call("cumsum", in(0), axis);
            case TopK(var k, var axis) -> call("topk", in(0), method.size(k), axis);
            case Sort(var axis, var descending) -> call("sort", in(0), axis, truth(descending));
        };
    }

    private String resize(ResizeOp op) {
        return switch (op) {
            case Resize(var mode, var h, var w, var alignCorners) ->
                switch (mode) {
                    case NEAREST -> call("upsample_nearest2d", in(0), sizes(Shape.of(h, w)), "None");
                    case BILINEAR ->
                        call("upsample_bilinear2d", in(0), sizes(Shape.of(h, w)), truth(alignCorners), "None");
                    case BICUBIC ->
                        call("upsample_bicubic2d", in(0), sizes(Shape.of(h, w)), truth(alignCorners), "None");
                };
            case GridSample(var mode, var alignCorners) ->
                // at::native::GridSamplerInterpolation: bilinear 0, nearest 1, bicubic 2; padding with zeros is 0
                call(
                        "grid_sampler",
                        in(0),
                        in(1),
                        switch (mode) {
                            case BILINEAR -> 0;
                            case NEAREST -> 1;
                            case BICUBIC -> 2;
                        },
                        0,
                        truth(alignCorners));
        };
    }

    private String shape(ShapeOp op) {
        return switch (op) {
            case Reshape(var shape) -> call("reshape", in(0), sizes(shape));
            case Permute(var axes) -> call("permute", in(0), axes);
            case Expand(var shape) -> call("expand", in(0), sizes(shape));
            case Concat(var axis) ->
                call(
                        "cat",
                        "[" + node.inputs().stream().map(method::name).collect(Collectors.joining(", ")) + "]",
                        axis);
            case Slice(var axis, var start, var end) ->
                call("slice", in(0), axis, method.size(start), method.size(end), 1);
            case Pad2d(var left, var right, var top, var bottom, var mode, var value) ->
                call(
                        "pad",
                        in(0),
                        sizes(Shape.of(left, right, top, bottom)),
                        "\"" + lower(mode) + "\"",
                        switch (mode) {
                            case CONSTANT -> number(value);
                            case REFLECT, REPLICATE -> "None";
                        });
            case Roll(var shifts, var axes) -> call("roll", in(0), shifts, axes);
            case Flip(var axes) -> call("flip", in(0), axes);
            case Unfold(var kernel, var dilation, var padding, var stride) ->
                call("im2col", in(0), pair(kernel), pair(dilation), pair(padding), pair(stride));
            case PixelShuffle(var factor) -> call("pixel_shuffle", in(0), factor);
        };
    }

    private String in(int index) {
        return method.name(node.input(index));
    }

    private String optional(int index) {
        return index < node.inputs().size() ? in(index) : "None";
    }

    private String sizes(Shape shape) {
        return shape.dims().stream().map(method::size).collect(Collectors.joining(", ", "[", "]"));
    }

    /// A number for a tensor of whole numbers stays whole, so that the result does.
    private String scalar(double value) {
        boolean whole = !node.input(0).type().dtype().isFloating() && value == Math.rint(value);
        return whole ? Long.toString((long) value) : number(value);
    }

    private static String call(String operator, Object... arguments) {
        return IntStream.range(0, arguments.length)
                .mapToObj(i -> arguments[i].toString())
                .collect(Collectors.joining(", ", "torch." + operator + "(", ")"));
    }

    private static String lower(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String pair(Size size) {
        return "[" + size.height() + ", " + size.width() + "]";
    }

    private static String truth(boolean value) {
        return value ? "True" : "False";
    }

    private String bound(double value) {
        return Double.isInfinite(value) ? "None" : scalar(value);
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return Double.toString(value).replace('E', 'e');
    }
}
