package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.Pools;

/// Residual network ([paper](https://arxiv.org/abs/1512.03385)), with the variants of
/// [Bag of Tricks](https://arxiv.org/abs/1812.01187): [#v1c] has three 3x3 convolutions for a stem, [#v1d] also
/// averages
/// where it goes down.
///
/// - in: `[N, inChannels, H, W]`
/// - out: level i of `outIndices`: `[N, baseChannels * 2^i * expansion, H/s, W/s]`, s = 4 times the strides so far
public final class ResNet extends Backbone {

    private final Config config;
    private final Layer stem;
    private final List<Sequential> stages = new ArrayList<>();
    private final List<FeatureSpec> features = new ArrayList<>();

    /// @param bottleneck whether blocks are bottlenecks
    /// @param blocks how many each stage has
    private record Depth(boolean bottleneck, List<Integer> blocks) {

        static Depth read(ConfigNode c) {
            int layers = c.integer("depth");
            return switch (layers) {
                case 18 -> new Depth(false, List.of(2, 2, 2, 2));
                case 34 -> new Depth(false, List.of(3, 4, 6, 3));
                case 50 -> new Depth(true, List.of(3, 4, 6, 3));
                case 101 -> new Depth(true, List.of(3, 4, 23, 3));
                case 152 -> new Depth(true, List.of(3, 8, 36, 3));
                default -> throw c.error("depth", "18, 34, 50, 101 or 152", Integer.toString(layers), "");
            };
        }
    }

    /// @param depth blocks of each stage
    /// @param channels channels of the image, the stem and the first stage
    /// @param strides step of each stage's first block
    /// @param dilations distance of taps in each stage
    /// @param outIndices stages whose output is a feature, from 0
    /// @param style how stems, blocks and steps down are made
    /// @param frozenStages stages that do not learn, counted from the stem (0); -1 for none
    /// @param norm norm after each convolution
    /// @param normEval whether norms keep their statistics while training
    /// @param multiGrid distance of taps in each block of the last stage; empty for the stage's
    /// @param contractDilation whether a stage's first block halves its dilation
    private record Config(
            Depth depth,
            Channels channels,
            List<Integer> strides,
            List<Integer> dilations,
            List<Integer> outIndices,
            Style style,
            int frozenStages,
            NormSpec norm,
            boolean normEval,
            List<Integer> multiGrid,
            boolean contractDilation) {

        static Config read(ConfigNode c, boolean deepStem, boolean avgDown) { // defaults: mmseg v1.0.0rc0
            for (String key : List.of("dcn", "plugins")) {
                if (c.has(key)) {
                    throw c.error(key, "None", "a value", "none of the published models uses it");
                }
            }
            c.ignoring("conv_cfg", "with_cp", "pretrained", "init_cfg", "stage_with_dcn");
            int stages = c.integer("num_stages", 4);
            Config config = new Config(
                    Depth.read(c),
                    new Channels(
                            c.integer("in_channels", 3),
                            c.integer("stem_channels", 64),
                            c.integer("base_channels", 64)),
                    c.ints("strides", List.of(1, 2, 2, 2)),
                    c.ints("dilations", List.of(1, 1, 1, 1)),
                    c.ints("out_indices", List.of(0, 1, 2, 3)),
                    new Style(
                            deepStem,
                            avgDown,
                            c.string("style", "pytorch").equals("caffe"),
                            c.bool("zero_init_residual", true)),
                    c.integer("frozen_stages", -1),
                    NormSpec.orBatchNorm(c),
                    c.bool("norm_eval", false),
                    c.ints("multi_grid", List.of()),
                    c.bool("contract_dilation", false));
            if (config.strides.size() != stages || config.dilations.size() != stages) {
                throw c.error("strides", stages + " strides and dilations (num_stages)", config.strides.toString(), "");
            }
            return config;
        }
    }

    private record Channels(int in, int stem, int base) {}

    /// @param deepStem three 3x3 convolutions instead of one 7x7
    /// @param avgDown steps down by averaging, not by a stride
    /// @param caffe the step of a bottleneck is in its first convolution
    /// @param zeroResidual blocks start as identities
    private record Style(boolean deepStem, boolean avgDown, boolean caffe, boolean zeroResidual) {}

    private ResNet(Config config) {
        this.config = config;
        this.stem = config.style.deepStem ? deepStem() : plainStem();
        int in = config.channels.stem;
        int stride = 4;
        for (int i = 0; i < config.strides.size(); i++) {
            Stage stage = new Stage(config, i, in);
            stages.add(child("layer" + (i + 1), stage.build()));
            in = stage.out();
            stride *= config.strides.get(i);
            if (config.outIndices.contains(i)) {
                features.add(new FeatureSpec(in, stride));
            }
        }
        startConvolutions();
        freezeStages();
    }

    static ResNet read(ConfigNode c) {
        return new ResNet(Config.read(c, c.bool("deep_stem", false), c.bool("avg_down", false)));
    }

    static ResNet v1c(ConfigNode c) {
        return new ResNet(Config.read(c, true, false));
    }

    static ResNet v1d(ConfigNode c) {
        return new ResNet(Config.read(c, true, true));
    }

    @Override
    public List<FeatureSpec> features() {
        return List.copyOf(features);
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = stem.call(img); // [N, stem, H/4, W/4]
        List<Tensor> levels = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            x = stages.get(i).call(x);
            if (config.outIndices.contains(i)) {
                levels.add(x);
            }
        }
        return levels;
    }

    private Layer plainStem() {
        Conv2d conv = child(
                "conv1",
                new Conv2d(ConvSpec.of(config.channels.in, config.channels.stem, 7)
                        .stride(2)
                        .padding(3)
                        .bias(false)));
        Layer norm = child(config.norm.name(1), config.norm.build(config.channels.stem));
        Layer pool = child("maxpool", Pools.max(3, 2, 1));
        return new Lambda(x -> pool.call(norm.call(conv.call(x)).relu()));
    }

    private Layer deepStem() {
        int half = config.channels.stem / 2;
        List<Layer> layers = new ArrayList<>();
        layers.addAll(stemConv(config.channels.in, half, 2));
        layers.addAll(stemConv(half, half, 1));
        layers.addAll(stemConv(half, config.channels.stem, 1));
        Layer convs = child("stem", new Sequential(layers));
        Layer pool = child("maxpool", Pools.max(3, 2, 1));
        return new Lambda(x -> pool.call(convs.call(x)));
    }

    private List<Layer> stemConv(int in, int out, int stride) {
        ConvSpec spec = ConvSpec.of(in, out, 3).stride(stride).padding(1).bias(false);
        return List.of(new Conv2d(spec), config.norm.build(out), new Lambda(Tensor::relu));
    }

    private void freezeStages() {
        if (config.frozenStages >= 0) {
            childrenByName().forEach((name, part) -> {
                boolean frozen = !name.startsWith("layer")
                        || Integer.parseInt(name.substring("layer".length())) <= config.frozenStages;
                if (frozen) {
                    part.freeze();
                    part.evalOnly();
                }
            });
        }
        if (config.normEval) {
            keepStatistics();
        }
    }

    /// One resolution: its blocks, of which the first may step down and widen.
    private record Stage(Config config, int index, int in) {

        int width() {
            return config.channels.base << index;
        }

        int out() {
            return width() * (config.depth.bottleneck ? 4 : 1);
        }

        Sequential build() {
            List<Layer> blocks = new ArrayList<>();
            int stride = config.strides.get(index);
            for (int i = 0; i < config.depth.blocks.get(index); i++) {
                boolean first = i == 0;
                Shape shape = new Shape(first ? in : out(), width(), first ? stride : 1, dilation(i));
                Optional<Layer> down =
                        first && (stride != 1 || in != out()) ? Optional.of(downsample(stride)) : Optional.empty();
                blocks.add(
                        config.depth.bottleneck
                                ? new Bottleneck(config, shape, down)
                                : new BasicBlock(config, shape, down));
            }
            return new Sequential(blocks);
        }

        private int dilation(int block) {
            int dilation = config.dilations.get(index);
            boolean last = index == config.strides.size() - 1;
            if (last && !config.multiGrid.isEmpty()) {
                return config.multiGrid.get(block);
            }
            return block == 0 && config.contractDilation && dilation > 1 ? dilation / 2 : dilation;
        }

        private Layer downsample(int stride) {
            List<Layer> layers = new ArrayList<>();
            boolean average = config.style.avgDown;
            if (average) {
                layers.add(Pools.averageDown(stride));
            }
            layers.add(new Conv2d(
                    ConvSpec.of(in, out(), 1).stride(average ? 1 : stride).bias(false)));
            layers.add(config.norm.build(out()));
            return new Sequential(layers);
        }
    }

    /// @param in channels that go in
    /// @param width channels inside
    /// @param stride step of the block
    /// @param dilation distance of the taps of its 3x3 convolutions
    private record Shape(int in, int width, int stride, int dilation) {}

    /// Two 3x3 convolutions beside an identity. The second is never dilated but in the first block of a dilated stage.
    private static final class BasicBlock extends Layer {

        private final UnaryOperator<Tensor> residual;
        private final Optional<Layer> downsample;

        BasicBlock(Config config, Shape shape, Optional<Layer> downsample) {
            NormSpec norm = config.norm;
            Conv2d conv1 = child(
                    "conv1",
                    new Conv2d(ConvSpec.of(shape.in, shape.width, 3)
                            .stride(shape.stride)
                            .padding(shape.dilation)
                            .dilation(shape.dilation)
                            .bias(false)));
            Layer norm1 = child(norm.name(1), norm.build(shape.width));
            Conv2d conv2 = child(
                    "conv2",
                    new Conv2d(
                            ConvSpec.of(shape.width, shape.width, 3).padding(1).bias(false)));
            Layer norm2 = child(norm.name(2), lastNorm(config, shape.width));
            this.residual = x -> norm2.call(conv2.call(norm1.call(conv1.call(x)).relu()));
            this.downsample = downsample.map(d -> child("downsample", d));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor identity = downsample.isPresent() ? downsample.get().call(x) : x;
            return residual.apply(x).add(identity).relu();
        }
    }

    /// A 3x3 convolution between two 1x1, beside an identity.
    private static final class Bottleneck extends Layer {

        private final UnaryOperator<Tensor> residual;
        private final Optional<Layer> downsample;

        Bottleneck(Config config, Shape shape, Optional<Layer> downsample) {
            NormSpec norm = config.norm;
            boolean caffe = config.style.caffe;
            Conv2d conv1 = child(
                    "conv1",
                    new Conv2d(ConvSpec.of(shape.in, shape.width, 1)
                            .stride(caffe ? shape.stride : 1)
                            .bias(false)));
            Layer norm1 = child(norm.name(1), norm.build(shape.width));
            Conv2d conv2 = child(
                    "conv2",
                    new Conv2d(ConvSpec.of(shape.width, shape.width, 3)
                            .stride(caffe ? 1 : shape.stride)
                            .padding(shape.dilation)
                            .dilation(shape.dilation)
                            .bias(false)));
            Layer norm2 = child(norm.name(2), norm.build(shape.width));
            Conv2d conv3 = child(
                    "conv3",
                    new Conv2d(ConvSpec.of(shape.width, shape.width * 4, 1).bias(false)));
            Layer norm3 = child(norm.name(3), lastNorm(config, shape.width * 4));
            this.residual = x -> {
                Tensor y = norm1.call(conv1.call(x)).relu();
                y = norm2.call(conv2.call(y)).relu();
                return norm3.call(conv3.call(y));
            };
            this.downsample = downsample.map(d -> child("downsample", d));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor identity = downsample.isPresent() ? downsample.get().call(x) : x;
            return residual.apply(x).add(identity).relu();
        }
    }

    private static Layer lastNorm(Config config, int channels) {
        Layer norm = config.norm.build(channels);
        if (config.style.zeroResidual) {
            norm.ownParameter("weight").ifPresent(w -> w.init(Init.ZEROS));
        }
        return norm;
    }
}
