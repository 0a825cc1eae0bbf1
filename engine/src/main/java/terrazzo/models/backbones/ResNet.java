package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.backbones.ResidualBlock.Middle;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;
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
    private final Layer pool;
    private final List<Sequential> stages = new ArrayList<>();
    private final List<FeatureSpec> features = new ArrayList<>();

    /// @param bottleneck whether blocks are bottlenecks
    /// @param blocks how many each stage has
    record Depth(boolean bottleneck, List<Integer> blocks) {

        /// Reads `depth`, which must be one of `known`.
        static Depth read(ConfigNode c, Integer... known) {
            int layers = c.integer("depth");
            if (!List.of(known).contains(layers)) {
                String names = Stream.of(known).map(Object::toString).collect(Collectors.joining(", "));
                throw c.error("depth", "one of " + names, Integer.toString(layers), "");
            }
            return switch (layers) {
                case 18 -> new Depth(false, List.of(2, 2, 2, 2));
                case 34 -> new Depth(false, List.of(3, 4, 6, 3));
                case 50 -> new Depth(true, List.of(3, 4, 6, 3));
                case 101 -> new Depth(true, List.of(3, 4, 23, 3));
                case 152 -> new Depth(true, List.of(3, 8, 36, 3));
                case 200 -> new Depth(true, List.of(3, 24, 36, 3));
                default -> throw new IllegalArgumentException("no network has " + layers + " layers");
            };
        }
    }

    /// @param deep three 3x3 convolutions instead of one 7x7
    /// @param averages whether steps down beside a block average instead of striding
    record Stem(boolean deep, boolean averages) {

        static Stem read(ConfigNode c) {
            return new Stem(c.bool("deep_stem", false), c.bool("avg_down", false));
        }
    }

    /// @param depth blocks of each stage
    /// @param channels channels of the image, the stem and the first stage
    /// @param strides step of each stage's first block
    /// @param dilations distance of taps in each stage
    /// @param outIndices stages whose output is a feature, from 0
    /// @param stem how the stem and the steps down are made
    /// @param block how blocks are made
    /// @param frozenStages stages that do not learn, counted from the stem (0); -1 for none
    /// @param normEval whether norms keep their statistics while training
    /// @param multiGrid distance of taps in each block of the last stage; empty for the stage's
    /// @param contractDilation whether a stage's first block halves its dilation
    private record Config(
            Depth depth,
            Channels channels,
            List<Integer> strides,
            List<Integer> dilations,
            List<Integer> outIndices,
            Stem stem,
            ResidualBlock.Style block,
            int frozenStages,
            boolean normEval,
            List<Integer> multiGrid,
            boolean contractDilation) {

        static Config read(ConfigNode c, Stem stem, Depth depth, Middle middle) { // defaults: mmseg v1.0.0rc0
            for (String key : List.of("dcn", "plugins")) {
                if (c.has(key)) {
                    throw c.error(key, "None", "a value", "none of the published models uses it");
                }
            }
            PlainConvolutions.require(c);
            c.ignoring("with_cp", "pretrained", "init_cfg", "stage_with_dcn");
            int stages = c.integer("num_stages", 4);
            Config config = new Config(
                    depth,
                    new Channels(
                            c.integer("in_channels", 3),
                            c.integer("stem_channels", 64),
                            c.integer("base_channels", 64)),
                    c.ints("strides", List.of(1, 2, 2, 2)),
                    c.ints("dilations", List.of(1, 1, 1, 1)),
                    c.ints("out_indices", List.of(0, 1, 2, 3)),
                    stem,
                    new ResidualBlock.Style(
                            NormSpec.orBatchNorm(c),
                            c.string("style", "pytorch").equals("caffe"),
                            c.bool("zero_init_residual", true),
                            middle),
                    c.integer("frozen_stages", -1),
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

    private ResNet(Config config) {
        this.config = config;
        this.stem = config.stem.deep ? deepStem() : plainStem();
        this.pool = child("maxpool", Pools.max(3, 2, 1));
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
        return plain(c, Stem.read(c));
    }

    static ResNet v1c(ConfigNode c) {
        return plain(c, new Stem(true, false));
    }

    static ResNet v1d(ConfigNode c) {
        return plain(c, new Stem(true, true));
    }

    private static ResNet plain(ConfigNode c, Stem stem) {
        return read(c, stem, Depth.read(c, 18, 34, 50, 101, 152), new Middle.Grouped(1, 4, 64));
    }

    static ResNet read(ConfigNode c, Stem stem, Depth depth, Middle middle) {
        return new ResNet(Config.read(c, stem, depth, middle));
    }

    /// Whether the stem is made of three convolutions.
    boolean hasDeepStem() {
        return config.stem.deep;
    }

    /// The stem alone, without its pooling, for backbones that go through a residual network step by step.
    Tensor stem(Tensor img) {
        return stem.call(img);
    }

    /// One stage alone, counted from 0.
    Tensor stage(int index, Tensor x) {
        return stages.get(index).call(x);
    }

    @Override
    public List<FeatureSpec> features() {
        return List.copyOf(features);
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = pool.call(stem.call(img)); // [N, stem, H/4, W/4]
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
        Layer norm = child(config.block.norm().name(1), config.block.norm().build(config.channels.stem));
        return new Lambda(x -> norm.call(conv.call(x)).relu());
    }

    private Layer deepStem() {
        int half = config.channels.stem / 2;
        List<Layer> layers = new ArrayList<>();
        layers.addAll(stemConv(config.channels.in, half, 2));
        layers.addAll(stemConv(half, half, 1));
        layers.addAll(stemConv(half, config.channels.stem, 1));
        return child("stem", new Sequential(layers));
    }

    private List<Layer> stemConv(int in, int out, int stride) {
        ConvSpec spec = ConvSpec.of(in, out, 3).stride(stride).padding(1).bias(false);
        return List.of(new Conv2d(spec), config.block.norm().build(out), new Lambda(Tensor::relu));
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
            return width() * (config.depth.bottleneck ? Bottleneck.EXPANSION : 1);
        }

        Sequential build() {
            List<Layer> blocks = new ArrayList<>();
            int stride = config.strides.get(index);
            for (int i = 0; i < config.depth.blocks.get(index); i++) {
                boolean first = i == 0;
                ResidualBlock.Shape shape =
                        new ResidualBlock.Shape(first ? in : out(), width(), first ? stride : 1, dilation(i));
                Optional<Layer> down =
                        first && (stride != 1 || in != out()) ? Optional.of(downsample(stride)) : Optional.empty();
                blocks.add(
                        config.depth.bottleneck
                                ? new Bottleneck(config.block, shape, down)
                                : new BasicBlock(config.block, shape, down));
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
            boolean average = config.stem.averages;
            if (average) {
                layers.add(Pools.averageDown(stride));
            }
            layers.add(new Conv2d(
                    ConvSpec.of(in, out(), 1).stride(average ? 1 : stride).bias(false)));
            layers.add(config.block.norm().build(out()));
            return new Sequential(layers);
        }
    }
}
