package terrazzo.models.backbones;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.PRelu;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;
import terrazzo.models.blocks.Pools;

/// A small network whose blocks see a pixel, its surroundings and the whole image at once
/// ([CGNet](https://arxiv.org/abs/1811.08201)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: three levels of stride 2, 4 and 8 with `numChannels[0] + inChannels`, `2 * numChannels[1] + inChannels` and
///   `2 * numChannels[2]` channels
public final class CGNet extends Backbone {

    private final Config config;
    private final List<ConvModule> stem;
    private final List<Layer> inject2x;
    private final List<Layer> inject4x;
    private final Sequential normPrelu0;
    private final List<ContextGuidedBlock> level1;
    private final Sequential normPrelu1;
    private final List<ContextGuidedBlock> level2;
    private final Sequential normPrelu2;

    /// @param inChannels channels of the image
    /// @param numChannels width of the stem and of both stages
    /// @param numBlocks blocks of both stages
    /// @param dilations distance at which each stage sees a pixel's surroundings
    /// @param reductions how much narrower the view of the whole image is inside, per stage
    /// @param norm norm of convolutions
    /// @param act activation of convolutions
    /// @param normEval whether norms keep their statistics while training
    private record Config(
            int inChannels,
            List<Integer> numChannels,
            List<Integer> numBlocks,
            List<Integer> dilations,
            List<Integer> reductions,
            NormSpec norm,
            Optional<ActSpec> act,
            boolean normEval) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            c.ignoring("with_cp", "pretrained", "init_cfg");
            return new Config(
                    c.integer("in_channels", 3),
                    some(c, "num_channels", List.of(32, 64, 128)),
                    some(c, "num_blocks", List.of(3, 21)),
                    some(c, "dilations", List.of(2, 4)),
                    some(c, "reductions", List.of(8, 16)),
                    NormSpec.orBatchNorm(c),
                    act(c),
                    c.bool("norm_eval", false));
        }

        private static List<Integer> some(ConfigNode c, String key, List<Integer> otherwise) {
            List<Integer> values = c.ints(key, otherwise);
            if (values.size() != otherwise.size()) {
                throw c.error(key, otherwise.size() + " numbers", values.toString(), "");
            }
            return values;
        }

        /// mmseg: a PReLU has as many slopes as channels, whatever `num_parameters` says.
        private static Optional<ActSpec> act(ConfigNode c) {
            Optional<ConfigNode> act = c.optionalNode("act_cfg");
            if (act.isPresent() && !act.get().type().equals("PReLU")) {
                return act.map(ActSpec::read);
            }
            return Optional.of(PRelu::new);
        }
    }

    private CGNet(Config config) {
        this.config = config;
        int in = config.inChannels;
        List<Integer> widths = config.numChannels;
        this.stem = children(
                "stem",
                3,
                i -> ConvModule.of(i == 0 ? in : widths.get(0), widths.get(0), 3)
                        .stride(i == 0 ? 2 : 1)
                        .padding(1)
                        .norm(config.norm)
                        .act(config.act)
                        .build());
        this.inject2x = List.of(Pools.average(3, 2, 1));
        this.inject4x = List.of(Pools.average(3, 2, 1), Pools.average(3, 2, 1));
        int joined = widths.get(0) + in;
        this.normPrelu0 = child("norm_prelu_0", normPrelu(joined));
        this.level1 = blocks("level1", 1, joined);
        joined = 2 * widths.get(1) + in;
        this.normPrelu1 = child("norm_prelu_1", normPrelu(joined));
        this.level2 = blocks("level2", 2, joined);
        this.normPrelu2 = child("norm_prelu_2", normPrelu(2 * widths.get(2)));
        start();
    }

    static CGNet read(ConfigNode c) {
        return new CGNet(Config.read(c));
    }

    private Sequential normPrelu(int channels) {
        return Sequential.of(config.norm.build(channels), new PRelu(channels));
    }

    private List<ContextGuidedBlock> blocks(String name, int stage, int in) {
        int out = config.numChannels.get(stage);
        return children(name, config.numBlocks.get(stage - 1), i -> {
            ContextGuidedBlock.Shape shape = new ContextGuidedBlock.Shape(
                    i == 0 ? in : out, out, config.dilations.get(stage - 1), config.reductions.get(stage - 1), i == 0);
            return new ContextGuidedBlock(shape, config.norm, config.act);
        });
    }

    private void start() {
        startConvolutions();
        modules().forEach(m -> {
            if (m instanceof Linear linear) {
                linear.weight().init(Init.kaimingNormalFanOut(linear.weight().shape()));
                linear.bias().ifPresent(b -> b.init(Init.ZEROS));
            }
            if (m instanceof PRelu) {
                m.ownParameter("weight").ifPresent(w -> w.init(Init.ZEROS));
            }
        });
        if (config.normEval) {
            keepStatistics();
        }
    }

    @Override
    public List<FeatureSpec> features() {
        List<Integer> widths = config.numChannels;
        return List.of(
                new FeatureSpec(widths.get(0) + config.inChannels, 2),
                new FeatureSpec(2 * widths.get(1) + config.inChannels, 4),
                new FeatureSpec(2 * widths.get(2), 8));
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor half = chain(inject2x, img);
        Tensor quarter = chain(inject4x, img);
        Tensor x0 = normPrelu0.call(Tensor.concat(1, List.of(chain(stem, img), half))); // [N, C0 + in, H/2, W/2]
        Tensor down1 = level1.getFirst().call(x0);
        Tensor x1 = chain(level1.subList(1, level1.size()), down1);
        x1 = normPrelu1.call(Tensor.concat(1, List.of(x1, down1, quarter))); // [N, 2 C1 + in, H/4, W/4]
        Tensor down2 = level2.getFirst().call(x1);
        Tensor x2 = chain(level2.subList(1, level2.size()), down2);
        x2 = normPrelu2.call(Tensor.concat(1, List.of(down2, x2))); // [N, 2 C2, H/8, W/8]
        return List.of(x0, x1, x2);
    }

    private static Tensor chain(List<? extends Layer> layers, Tensor x) {
        Tensor y = x;
        for (Layer layer : layers) {
            y = layer.call(y);
        }
        return y;
    }

    /// Joins a pixel with its surroundings and weighs channels by the whole image.
    private static final class ContextGuidedBlock extends Layer {

        private final ConvModule conv1x1;
        private final Conv2d local;
        private final Conv2d surrounding;
        private final Layer bn;
        private final Layer activate;
        private final Optional<Conv2d> bottleneck;
        private final Sequential global;
        private final boolean adds;

        /// @param in channels that go in
        /// @param out channels that come out
        /// @param dilation distance of the surroundings in pixels
        /// @param reduction how much narrower the view of the whole image is inside
        /// @param down whether the block halves the image
        private record Shape(int in, int out, int dilation, int reduction, boolean down) {}

        ContextGuidedBlock(Shape shape, NormSpec norm, Optional<ActSpec> act) {
            int channels = shape.down ? shape.out : shape.out / 2;
            int kernel = shape.down ? 3 : 1;
            this.conv1x1 = child(
                    "conv1x1",
                    ConvModule.of(shape.in, channels, kernel)
                            .stride(shape.down ? 2 : 1)
                            .padding(kernel / 2)
                            .norm(norm)
                            .act(act)
                            .build());
            this.local = child("f_loc", channelwise(channels, 1));
            this.surrounding = child("f_sur", channelwise(channels, shape.dilation));
            this.bn = child("bn", norm.build(2 * channels));
            this.activate = child("activate", new PRelu(2 * channels));
            this.bottleneck = shape.down
                    ? Optional.of(child(
                            "bottleneck",
                            new Conv2d(ConvSpec.of(2 * channels, shape.out, 1).bias(false))))
                    : Optional.empty();
            this.global = Sequential.of(
                    new Linear(shape.out, shape.out / shape.reduction, true),
                    new Lambda(Tensor::relu),
                    new Linear(shape.out / shape.reduction, shape.out, true),
                    new Lambda(Tensor::sigmoid));
            child("f_glo", new Sequential(Map.of("fc", global)));
            this.adds = !shape.down;
        }

        private static Conv2d channelwise(int channels, int dilation) {
            return new Conv2d(ConvSpec.of(channels, channels, 3)
                    .padding(dilation)
                    .dilation(dilation)
                    .groups(channels)
                    .bias(false));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = conv1x1.call(x);
            Tensor joint = Tensor.concat(1, List.of(local.call(y), surrounding.call(y)));
            joint = activate.call(bn.call(joint));
            joint = bottleneck.isPresent() ? bottleneck.get().call(joint) : joint; // [N, out, H, W]
            Tensor weights = global.call(joint.adaptiveAvgPool(1, 1).flatten(1)); // [N, out]
            Tensor weighed = joint.mul(weights.reshape(joint.dim(0), joint.dim(1), Dim.ONE, Dim.ONE));
            return adds ? x.add(weighed) : weighed;
        }
    }
}
