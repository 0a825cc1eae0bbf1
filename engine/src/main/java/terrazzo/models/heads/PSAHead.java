package terrazzo.models.heads;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.PSAMask;

/// Attention whose weights depend on the offset between pixels
/// ([PSANet](https://hszhao.github.io/papers/eccv18_psanet.pdf)): each pixel collects from all others, distributes to
/// all others, or both.
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class PSAHead extends DecodeHead {

    private final Config config;
    private final Branch first;
    private final Optional<Branch> second;
    private final ConvModule proj;
    private final ConvModule bottleneck;

    /// Which way attention goes.
    public enum Direction {
        COLLECT,
        DISTRIBUTE,
        BOTH
    }

    /// @param head what every head says
    /// @param maskSize extent in pixels of the window of offsets
    /// @param direction which way attention goes
    /// @param compact whether weights are for places, not for offsets: then the map must have the mask's size
    /// @param shrinkFactor what height and width are divided by for the attention
    /// @param normalization what the sums are divided by
    /// @param softmax whether weights of one pixel add up to 1
    public record Config(
            DecodeHead.Config head,
            Size maskSize,
            Direction direction,
            boolean compact,
            int shrinkFactor,
            double normalization,
            boolean softmax) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            List<Integer> mask = c.ints("mask_size");
            if (mask.size() != 2) {
                throw c.error("mask_size", "(height, width)", mask.toString(), "");
            }
            Size maskSize = new Size(mask.getFirst(), mask.getLast());
            boolean byArea = c.keys().contains("normalization_factor") && !c.has("normalization_factor");
            return new Config(
                    DecodeHead.Config.read(c, parts),
                    maskSize,
                    direction(c),
                    c.bool("compact", false),
                    c.integer("shrink_factor", 2),
                    byArea ? maskSize.area() : c.number("normalization_factor", 1),
                    c.bool("psa_softmax", true));
        }

        private static Direction direction(ConfigNode c) {
            String type = c.string("psa_type", "bi-direction");
            return switch (type) {
                case "collect" -> Direction.COLLECT;
                case "distribute" -> Direction.DISTRIBUTE;
                case "bi-direction" -> Direction.BOTH;
                default -> throw c.error("psa_type", "'collect', 'distribute' or 'bi-direction'", "'" + type + "'", "");
            };
        }
    }

    public PSAHead(Config config) {
        super(config.head);
        this.config = config;
        int in = config.head.inputChannels();
        int channels = config.head.channels();
        boolean both = config.direction == Direction.BOTH;
        this.first = branch("");
        this.second = both ? Optional.of(branch("_p")) : Optional.empty();
        this.proj =
                child("proj", conv(channels * (both ? 2 : 1), in, 1).padding(1).build());
        this.bottleneck = child("bottleneck", conv(in * 2, channels, 3).build());
    }

    static PSAHead read(ConfigNode c, Parts parts) {
        return new PSAHead(Config.read(c, parts));
    }

    /// @param reduce narrows the features
    /// @param attention predicts the weights
    private record Branch(ConvModule reduce, Layer attention) {}

    private Branch branch(String suffix) {
        int channels = config.head.channels();
        int offsets = Math.toIntExact(config.maskSize.area());
        return new Branch(
                child(
                        "reduce" + suffix,
                        conv(config.head.inputChannels(), channels, 1).build()),
                child(
                        "attention" + suffix,
                        Sequential.of(
                                conv(channels, channels, 1).build(),
                                new Conv2d(ConvSpec.of(channels, offsets, 1).bias(false)))));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        Tensor x = input(levels);
        Shrunk size = Shrunk.of(x, config.shrinkFactor);
        boolean collects = config.direction != Direction.DISTRIBUTE;
        Tensor seen = attended(first, collects, size, x);
        if (second.isPresent()) {
            seen = Tensor.concat(1, List.of(seen, attended(second.get(), false, size, x)));
        }
        Tensor projected = proj.call(seen);
        Tensor large = config.shrinkFactor == 1
                ? resized(projected, x.dim(2), x.dim(3))
                : size.resize(projected, x.dim(2), x.dim(3));
        return classify(bottleneck.call(Tensor.concat(1, List.of(x, large))));
    }

    private Tensor attended(Branch branch, boolean collects, Shrunk size, Tensor x) {
        Tensor reduced = branch.reduce.call(x);
        Tensor small = config.shrinkFactor == 1 ? reduced : size.resize(reduced, size.h, size.w);
        Tensor predicted = branch.attention.call(small); // [N, offsets, h, w]
        Tensor weights =
                config.compact ? places(predicted, collects) : PSAMask.places(predicted, config.maskSize, collects);
        Tensor shares = config.softmax ? weights.softmax(1) : weights; // [N, L, L]
        return small.flatten(2).matmul(shares).reshape(small.shape()).mul(1 / config.normalization);
    }

    private Tensor places(Tensor predicted, boolean collects) {
        Tensor flat = predicted.flatten(2); // [N, L, L]
        boolean turned = collects == (config.direction == Direction.COLLECT);
        return turned ? flat.transpose(1, 2) : flat;
    }

    /// The size at which attention is computed. Where both sides leave a rest, the map is cut at its corner pixels'
    /// centres and resized with aligned corners, else without; which of the two is known only when the model runs.
    ///
    /// @param rest 1 where both leave a rest, else 0
    private record Shrunk(Dim h, Dim w, Dim rest) {

        static Shrunk of(Tensor x, int factor) {
            Dim rest = leavesRest(x.dim(2), factor).times(leavesRest(x.dim(3), factor));
            return new Shrunk(
                    x.dim(2).floorDiv(factor).plus(rest),
                    x.dim(3).floorDiv(factor).plus(rest),
                    rest);
        }

        private static Dim leavesRest(Dim size, int factor) {
            return size.mod(factor).ceilDiv(factor);
        }

        Tensor resize(Tensor x, Dim height, Dim width) {
            Tensor plain = x.resize(Interpolation.BILINEAR, height, width, false);
            if (rest.equals(Dim.ZERO)) {
                return plain;
            }
            Tensor aligned = x.resize(Interpolation.BILINEAR, height, width, true);
            Tensor isAligned = x.full(Shape.of(rest), 1, DType.FLOAT32).sum().eq(1);
            return isAligned.where(aligned, plain);
        }
    }
}
