package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.nn.Layer;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.Channels;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;

/// Inverted residuals found by search, with channels weighed by the whole image
/// ([MobileNetV3](https://arxiv.org/abs/1905.02244)), whose last two steps down are dilations instead.
///
/// - in: `[N, 3, H, W]`
/// - out: layer i of `outIndices`, from the stem (0) to the last convolution: `[N, C, H/s, W/s]`, s up to 8
public final class MobileNetV3 extends Backbone {

    private static final int STEM_CHANNELS = 16;

    private final Config config;
    private final List<Layer> layers = new ArrayList<>();
    private final List<FeatureSpec> features = new ArrayList<>();

    /// @param kernel extent of its channelwise convolution
    /// @param inner channels inside
    /// @param out channels that come out
    /// @param weighs whether channels are weighed by the whole image
    /// @param act activation
    /// @param stride step as published
    private record Block(int kernel, int inner, int out, boolean weighs, ActSpec act, int stride) {

        Block narrowed(int factor) {
            return new Block(kernel, inner / factor, out / factor, weighs, act, stride);
        }
    }

    /// @param blocks the table of the paper
    /// @param firstDilated layer, counted from the stem, whose step down is a dilation of 2 instead
    /// @param secondDilated layer whose step down is a dilation of 4 instead
    /// @param lastChannels channels of the last convolution
    /// @param firstNarrowed block, counted from 0, from which on `reduction_factor` counts
    private record Arch(List<Block> blocks, int firstDilated, int secondDilated, int lastChannels, int firstNarrowed) {

        private static final ActSpec RELU = ActSpec.RELU;
        private static final ActSpec HSWISH = ActSpec.of(UnaryKind.HARDSWISH);

        static Arch small() { // table 2
            return new Arch(
                    List.of(
                            new Block(3, 16, 16, true, RELU, 2),
                            new Block(3, 72, 24, false, RELU, 2),
                            new Block(3, 88, 24, false, RELU, 1),
                            new Block(5, 96, 40, true, HSWISH, 2),
                            new Block(5, 240, 40, true, HSWISH, 1),
                            new Block(5, 240, 40, true, HSWISH, 1),
                            new Block(5, 120, 48, true, HSWISH, 1),
                            new Block(5, 144, 48, true, HSWISH, 1),
                            new Block(5, 288, 96, true, HSWISH, 2),
                            new Block(5, 576, 96, true, HSWISH, 1),
                            new Block(5, 576, 96, true, HSWISH, 1)),
                    4,
                    9,
                    576,
                    8);
        }

        static Arch large() { // table 1
            return new Arch(
                    List.of(
                            new Block(3, 16, 16, false, RELU, 1),
                            new Block(3, 64, 24, false, RELU, 2),
                            new Block(3, 72, 24, false, RELU, 1),
                            new Block(5, 72, 40, true, RELU, 2),
                            new Block(5, 120, 40, true, RELU, 1),
                            new Block(5, 120, 40, true, RELU, 1),
                            new Block(3, 240, 80, false, HSWISH, 2),
                            new Block(3, 200, 80, false, HSWISH, 1),
                            new Block(3, 184, 80, false, HSWISH, 1),
                            new Block(3, 184, 80, false, HSWISH, 1),
                            new Block(3, 480, 112, true, HSWISH, 1),
                            new Block(3, 672, 112, true, HSWISH, 1),
                            new Block(5, 672, 160, true, HSWISH, 2),
                            new Block(5, 960, 160, true, HSWISH, 1),
                            new Block(5, 960, 160, true, HSWISH, 1)),
                    7,
                    13,
                    960,
                    12);
        }

        /// Distance of taps of a layer, counted from the stem.
        int dilation(int layer) {
            return layer < firstDilated ? 1 : layer < secondDilated ? 2 : 4;
        }
    }

    /// @param arch the table
    /// @param norm norm after each convolution
    /// @param outIndices layers whose output is a feature, counted from the stem (0)
    /// @param frozenStages last layer that does not learn, counted from the stem (0); -1 for none
    /// @param reductionFactor how much narrower the last blocks are
    /// @param normEval whether norms keep their statistics while training
    private record Config(
            Arch arch,
            NormSpec norm,
            List<Integer> outIndices,
            int frozenStages,
            int reductionFactor,
            boolean normEval) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            c.ignoring("with_cp", "pretrained", "init_cfg");
            String name = c.string("arch", "small");
            Arch arch = switch (name) {
                case "small" -> Arch.small();
                case "large" -> Arch.large();
                default -> throw c.error("arch", "'small' or 'large'", "'" + name + "'", "");
            };
            Config config = new Config(
                    arch,
                    NormSpec.orBatchNorm(c),
                    c.ints("out_indices", List.of(0, 1, 12)),
                    c.integer("frozen_stages", -1),
                    c.integer("reduction_factor", 1),
                    c.bool("norm_eval", false));
            int last = arch.blocks.size() + 1;
            for (int index : config.outIndices) {
                if (index < 0 || index > last) {
                    throw c.error("out_indices", "0 to " + last, Integer.toString(index), "");
                }
            }
            return config;
        }
    }

    private MobileNetV3(Config config) {
        this.config = config;
        int stride = 2;
        ConvModule stem = ConvModule.of(3, STEM_CHANNELS, 3)
                .stride(2)
                .samePadding()
                .norm(config.norm)
                .act(Arch.HSWISH)
                .build();
        add(stem, STEM_CHANNELS, stride);
        int in = STEM_CHANNELS;
        for (Block listed : config.arch.blocks) {
            int layer = layers.size();
            Block block = layer > config.arch.firstNarrowed ? listed.narrowed(config.reductionFactor) : listed;
            boolean dilates = layer == config.arch.firstDilated || layer == config.arch.secondDilated;
            stride *= dilates ? 1 : block.stride;
            Taps taps = new Taps(dilates ? 1 : block.stride, config.arch.dilation(layer));
            add(new Residual(block, in, taps, config.norm), block.out, stride);
            in = block.out;
        }
        int last = config.arch.lastChannels;
        // mmseg: dilated by 4, which does nothing to a 1x1 convolution
        add(ConvModule.of(in, last, 1).norm(config.norm).act(Arch.HSWISH).build(), last, stride);
        startConvolutions();
        freezeStages();
    }

    static MobileNetV3 read(ConfigNode c) {
        return new MobileNetV3(Config.read(c));
    }

    private void add(Layer layer, int channels, int stride) {
        int index = layers.size();
        layers.add(child("layer" + index, layer));
        if (config.outIndices.contains(index)) {
            features.add(new FeatureSpec(channels, stride));
        }
    }

    private void freezeStages() {
        for (int i = 0; i <= config.frozenStages; i++) {
            layers.get(i).freeze();
            layers.get(i).evalOnly();
        }
        if (config.normEval) {
            keepStatistics();
        }
    }

    @Override
    public List<FeatureSpec> features() {
        return List.copyOf(features);
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = img;
        List<Tensor> levels = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).call(x);
            if (config.outIndices.contains(i)) {
                levels.add(x);
            }
        }
        return levels;
    }

    /// @param stride step of the channelwise convolution in this network
    /// @param dilation distance of its taps
    private record Taps(int stride, int dilation) {}

    /// Widens, convolves each channel alone, weighs channels and narrows again, beside an identity.
    private static final class Residual extends Layer {

        private final Optional<ConvModule> expand;
        private final ConvModule depthwise;
        private final Optional<SqueezeExcitation> se;
        private final ConvModule linear;
        private final boolean adds;

        Residual(Block block, int in, Taps taps, NormSpec norm) {
            int inner = block.inner;
            this.expand = in == inner
                    ? Optional.empty()
                    : Optional.of(child(
                            "expand_conv",
                            ConvModule.of(in, inner, 1)
                                    .norm(norm)
                                    .act(block.act)
                                    .build()));
            this.depthwise = child(
                    "depthwise_conv",
                    ConvModule.of(inner, inner, block.kernel)
                            .stride(taps.stride)
                            .dilation(taps.dilation)
                            .samePadding()
                            .groups(inner)
                            .norm(norm)
                            .act(block.act)
                            .build());
            this.se = block.weighs ? Optional.of(child("se", new SqueezeExcitation(inner))) : Optional.empty();
            this.linear = child(
                    "linear_conv", ConvModule.of(inner, block.out, 1).norm(norm).build());
            this.adds = block.stride == 1 && in == block.out;
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = depthwise.call(expand.isPresent() ? expand.get().call(x) : x);
            y = linear.call(se.isPresent() ? se.get().call(y) : y);
            return adds ? x.add(y) : y;
        }
    }

    /// Weighs channels by what the whole image holds ([SENet](https://arxiv.org/abs/1709.01507)).
    private static final class SqueezeExcitation extends Layer {

        private static final int REDUCTION = 4;

        private final ConvModule conv1;
        private final ConvModule conv2;

        SqueezeExcitation(int channels) {
            int inner = Channels.divisible(Math.floorDiv(channels, REDUCTION), 8);
            this.conv1 = child(
                    "conv1", ConvModule.of(channels, inner, 1).act(ActSpec.RELU).build());
            this.conv2 = child(
                    "conv2",
                    ConvModule.of(inner, channels, 1)
                            .act(ActSpec.of(UnaryKind.HARDSIGMOID))
                            .build());
        }

        @Override
        protected Tensor forward(Tensor x) {
            return x.mul(conv2.call(conv1.call(x.adaptiveAvgPool(1, 1))));
        }
    }
}
