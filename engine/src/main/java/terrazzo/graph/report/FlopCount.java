package terrazzo.graph.report;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.AttentionOp;
import terrazzo.graph.ir.ConvOp;
import terrazzo.graph.ir.CreateOp;
import terrazzo.graph.ir.IndexOp;
import terrazzo.graph.ir.LossOp;
import terrazzo.graph.ir.MatrixOp;
import terrazzo.graph.ir.MemoryOp;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.NormOp;
import terrazzo.graph.ir.PointwiseOp;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.ir.PoolOp;
import terrazzo.graph.ir.RandomOp;
import terrazzo.graph.ir.ReduceOp;
import terrazzo.graph.ir.ResizeOp;
import terrazzo.graph.ir.ShapeOp;
import terrazzo.graph.ir.Value;
import terrazzo.graph.ir.Weight;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.MultiheadAttention;

/// Floating-point operations of a model for one image, by part. Published figures of MMSegmentation come from mmcv's
/// counter, so [Flops#counted()] follows its rules, and what that counter doesn't see is kept beside it.
public final class FlopCount {

    private final Set<Value> weights;
    private final Set<String> attentions;
    private final Map<Value, Node> makerByValue = new HashMap<>();
    private final Map<String, Long> countBySymbol = new HashMap<>();
    private final NavigableMap<String, Flops> flopsByPath = new TreeMap<>();

    private FlopCount(TracedModule model) {
        this.weights = model.graph().weights().stream().map(Weight::value).collect(Collectors.toSet());
        this.attentions = model.root()
                .modules()
                .filter(MultiheadAttention.class::isInstance)
                .map(Module::path)
                .collect(Collectors.toSet());
    }

    /// Counts.
    ///
    /// @param model traced on an image whose sizes are numbers
    /// @throws IllegalStateException when a size is a symbol
    public static FlopCount of(TracedModule model) {
        FlopCount count = new FlopCount(model);
        for (Node node : model.graph().nodes()) {
            count.learnCounts(node);
            count.flopsByPath.merge(node.scope(), count.cost(node), Flops::plus);
        }
        return count;
    }

    /// What the whole model computes.
    public Flops total() {
        return flopsByPath.values().stream().reduce(Flops.NONE, Flops::plus);
    }

    /// What a part and all its parts compute.
    ///
    /// @param path as [Module#path()]
    public Flops within(String path) {
        Flops inner = flopsByPath.subMap(path + ".", path + "/").values().stream() // '/' follows '.'
                .reduce(Flops.NONE, Flops::plus);
        return inner.plus(flopsByPath.getOrDefault(path, Flops.NONE));
    }

    private Flops cost(Node node) {
        return switch (node.op()) {
            case ConvOp op -> convolution(op, node);
            case MatrixOp op -> product(op, node);
            case AttentionOp op -> attention(op, node);
            case NormOp op -> normalisation(op, node);
            case PointwiseOp op -> isRectifier(op) ? Flops.counted(numel(node.output())) : Flops.NONE;
            case PoolOp _ -> Flops.counted(numel(node.input(0)));
            case ResizeOp _, ReduceOp _, ShapeOp _, IndexOp _, CreateOp _, MemoryOp _, RandomOp _, LossOp _ ->
                Flops.NONE;
        };
    }

    private Flops convolution(ConvOp op, Node node) {
        Shape kernel = node.input(1).type().shape(); // [O, C/groups, kh, kw], transposed [C, O/groups, kh, kw]
        long perPosition = numel(kernel);
        long bias = node.inputs().size() > 2 ? numel(node.output()) : 0;
        return switch (op) {
            case ConvOp.Conv2d _ -> byLayer(node, perPosition * positions(node.output()) + bias);
            case ConvOp.ConvTranspose2d _ -> byLayer(node, perPosition * positions(node.input(0)) + bias);
            case ConvOp.Planewise _ ->
                Flops.uncounted(size(kernel.dim(2)) * size(kernel.dim(3)) * numel(node.output()));
        };
    }

    private Flops product(MatrixOp op, Node node) {
        long inner = size(node.input(0).type().dim(-1));
        return switch (op) {
            case MatrixOp.Linear _ -> byLayer(node, numel(node.output()) * inner); // mmcv: biases are free here
            case MatrixOp.MatMul _ -> Flops.uncounted(numel(node.output()) * inner);
        };
    }

    private Flops attention(AttentionOp op, Node node) {
        return switch (op) {
            case AttentionOp.ScaledDotProduct _ -> {
                long queries = numel(node.input(0)); // [..., L, d]
                long keys = size(node.input(1).type().dim(-2)); // S
                yield Flops.uncounted(keys * (queries + numel(node.output())));
            }
        };
    }

    private Flops normalisation(NormOp op, Node node) {
        long n = numel(node.output());
        return switch (op) {
            case NormOp.BatchNorm _, NormOp.LayerNorm _, NormOp.GroupNorm _ -> Flops.counted(2 * n);
            case NormOp.InstanceNorm _ -> Flops.counted(node.inputs().size() > 1 ? 2 * n : n);
        };
    }

    /// The activations that mmcv's counter knows; the others are not counted at all.
    private static boolean isRectifier(PointwiseOp op) {
        return switch (op) {
            case PointwiseOp.Unary(var kind) -> kind == UnaryKind.RELU || kind == UnaryKind.RELU6;
            case PointwiseOp.LeakyRelu _, PointwiseOp.Elu _, PointwiseOp.PRelu _ -> true;
            case PointwiseOp.Binary _,
                    PointwiseOp.Scalar _,
                    PointwiseOp.Clamp _,
                    PointwiseOp.HardShrink _,
                    PointwiseOp.Where _,
                    PointwiseOp.Cast _,
                    PointwiseOp.Detach _ -> false;
        };
    }

    /// A layer's work is counted when its weight is the layer's own, and not part of a larger matrix or computed.
    private Flops byLayer(Node node, long flops) {
        boolean own = weights.contains(node.input(1));
        return own && !isInAttention(node.scope()) ? Flops.counted(flops) : Flops.uncounted(flops);
    }

    private boolean isInAttention(String scope) {
        return attentions.stream().anyMatch(path -> scope.equals(path) || scope.startsWith(path + "."));
    }

    /// Elements per channel, of all images.
    private long positions(Value value) {
        return size(value.type().dim(0))
                * size(value.type().dim(2))
                * size(value.type().dim(3));
    }

    private long numel(Value value) {
        return numel(value.type().shape());
    }

    private long numel(Shape shape) {
        return size(shape.numel());
    }

    private long size(Dim dim) {
        return dim.evaluate(symbol -> {
            Long count = countBySymbol.get(symbol);
            if (count == null) {
                throw new IllegalStateException("expected an image of fixed size, got " + dim);
            }
            return count;
        });
    }

    /// How many elements a mask selects is known for `index < bound`; else all of them are taken to be selected.
    private void learnCounts(Node node) {
        node.outputs().forEach(v -> makerByValue.put(v, node));
        if (node.op() instanceof IndexOp.MaskedSelect(var count)) {
            long all = numel(node.input(0));
            long selected = Math.min(all, (long) Math.ceil(bound(node).orElse(Double.MAX_VALUE)));
            count.symbols().forEach(symbol -> countBySymbol.put(symbol, selected));
        }
    }

    private OptionalDouble bound(Node selection) {
        Node mask = makerByValue.get(selection.input(1));
        Node index = makerByValue.get(selection.input(0));
        return mask != null
                        && mask.op() instanceof PointwiseOp.Scalar(var kind, var bound)
                        && kind == BinaryKind.LT
                        && mask.input(0).equals(selection.input(0))
                        && index != null
                        && index.op() instanceof CreateOp.Arange
                ? OptionalDouble.of(bound)
                : OptionalDouble.empty();
    }
}
