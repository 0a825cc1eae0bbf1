package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.backbones.UNetUpsample.Style;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;
import terrazzo.models.blocks.Pools;

/// An encoder that goes down and a decoder that comes back up, joined at each resolution
/// ([U-Net](https://arxiv.org/abs/1505.04597)).
///
/// - in: `[N, inChannels, H, W]`; H and W multiples of the whole step down (16 by default)
/// - out: `[N, baseChannels * 2^i, H/2^i, W/2^i]` from the coarsest i = 4 to the finest i = 0
public final class UNet extends Backbone {

    private final Config config;
    private final List<Sequential> encoder;
    private final List<UpConvBlock> decoder;

    /// @param inChannels channels of the image
    /// @param baseChannels channels of the first stage; each later one has twice as many
    /// @param stages the encoder's stages
    /// @param decoderStages the decoder's stages, finest first, one less than the encoder's
    /// @param style norm and activation of all convolutions
    /// @param upsample how the decoder goes up
    /// @param normEval whether norms keep their statistics while training
    private record Config(
            int inChannels,
            int baseChannels,
            List<Stage> stages,
            List<Convs> decoderStages,
            Style style,
            UNetUpsample upsample,
            boolean normEval) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            c.ignoring("with_cp", "pretrained", "init_cfg");
            for (String key : List.of("dcn", "plugins")) {
                if (c.has(key)) {
                    throw c.error(key, "None", "a value", "the reference does not implement it either");
                }
            }
            int count = c.integer("num_stages", 5);
            List<Integer> strides = perStage(c, "strides", 1, count);
            List<Integer> encoderConvs = perStage(c, "enc_num_convs", 2, count);
            List<Integer> encoderDilations = perStage(c, "enc_dilations", 1, count);
            List<Integer> decoderConvs = perStage(c, "dec_num_convs", 2, count - 1);
            List<Integer> decoderDilations = perStage(c, "dec_dilations", 1, count - 1);
            List<Integer> downsamples = perStage(c, "downsamples", 1, count - 1);
            List<Stage> stages = new ArrayList<>();
            List<Convs> decoderStages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                boolean pools = i > 0 && strides.get(i) == 1 && downsamples.get(i - 1) != 0;
                boolean steps = i > 0 && (strides.get(i) != 1 || pools);
                stages.add(new Stage(
                        new Convs(encoderConvs.get(i), encoderDilations.get(i)), strides.get(i), pools, steps));
                if (i > 0) {
                    decoderStages.add(new Convs(decoderConvs.get(i - 1), decoderDilations.get(i - 1)));
                }
            }
            Style style = new Style(NormSpec.orBatchNorm(c), ActSpec.find(c));
            return new Config(
                    c.integer("in_channels", 3),
                    c.integer("base_channels", 64),
                    stages,
                    decoderStages,
                    style,
                    UNetUpsample.read(c.optionalNode("upsample_cfg")),
                    c.bool("norm_eval", false));
        }

        private static List<Integer> perStage(ConfigNode c, String key, int otherwise, int count) {
            List<Integer> values = c.has(key)
                    ? c.ints(key)
                    : IntStream.range(0, count).mapToObj(_ -> otherwise).toList();
            if (values.size() != count) {
                throw c.error(key, count + " values (num_stages)", values.toString(), "");
            }
            return values;
        }

        int channels(int stage) {
            return baseChannels << stage;
        }
    }

    /// @param convs convolutions of the stage
    /// @param stride step of its first convolution
    /// @param pools whether a pooling goes down before them
    /// @param steps whether the stage is coarser than the one before
    private record Stage(Convs convs, int stride, boolean pools, boolean steps) {}

    /// @param count how many 3x3 convolutions
    /// @param dilation distance of taps of all but the first
    private record Convs(int count, int dilation) {}

    private UNet(Config config) {
        this.config = config;
        this.encoder = new ArrayList<>();
        List<UpConvBlock> ups = new ArrayList<>();
        int in = config.inChannels;
        for (int i = 0; i < config.stages.size(); i++) {
            Stage stage = config.stages.get(i);
            List<Layer> layers = new ArrayList<>();
            if (stage.pools) {
                layers.add(Pools.max(2, 2, 0));
            }
            layers.add(new ConvBlock(
                    stage.convs, new ConvBlock.Shape(in, config.channels(i), stage.stride), config.style));
            encoder.add(new Sequential(layers));
            in = config.channels(i);
            if (i > 0) {
                ups.add(new UpConvBlock(config, i));
            }
        }
        children("encoder", encoder.size(), encoder::get);
        this.decoder = children("decoder", ups.size(), ups::get);
        startConvolutions();
        if (config.normEval) {
            keepStatistics();
        }
    }

    static UNet read(ConfigNode c) {
        return new UNet(Config.read(c));
    }

    @Override
    public List<FeatureSpec> features() {
        List<FeatureSpec> features = new ArrayList<>();
        int stride = 1;
        for (int i = 0; i < config.stages.size(); i++) {
            Stage stage = config.stages.get(i);
            stride *= stage.pools ? 2 : stage.stride;
            features.addFirst(new FeatureSpec(config.channels(i), stride));
        }
        return features;
    }

    /// How much coarser the last stage is than the image.
    @Override
    public int sizeDivisor() {
        return 1 << config.stages.stream().filter(Stage::steps).count();
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        checkDivisible(img);
        List<Tensor> down = new ArrayList<>();
        Tensor x = img;
        for (Sequential stage : encoder) {
            x = stage.call(x);
            down.add(x);
        }
        List<Tensor> up = new ArrayList<>(List.of(x)); // coarsest first
        for (int i = decoder.size() - 1; i >= 0; i--) {
            x = decoder.get(i).call(down.get(i), x);
            up.add(x);
        }
        return up;
    }

    /// Refuses fixed sizes that do not come back to themselves; the executor refuses others where levels are joined.
    private void checkDivisible(Tensor img) {
        int rate = sizeDivisor();
        for (Dim size : List.of(img.dim(2), img.dim(3))) {
            if (size.isConstant() && !size.mod(rate).equals(Dim.ZERO)) {
                throw new ShapeException(Complaint.at(path())
                        .expected("an image whose sides are multiples of " + rate)
                        .got(img.dim(2) + " x " + img.dim(3))
                        .advice("pad it: data_preprocessor=dict(size_divisor=" + rate + ")"));
            }
        }
    }

    /// Some 3x3 convolutions.
    private static final class ConvBlock extends Layer {

        private final Sequential convs;

        /// @param in channels that go in
        /// @param out channels that come out
        /// @param stride step of the first
        private record Shape(int in, int out, int stride) {}

        ConvBlock(Convs convs, Shape shape, Style style) {
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < convs.count; i++) {
                int dilation = i == 0 ? 1 : convs.dilation;
                layers.add(ConvModule.of(i == 0 ? shape.in : shape.out, shape.out, 3)
                        .stride(i == 0 ? shape.stride : 1)
                        .padding(dilation)
                        .dilation(dilation)
                        .norm(style.norm())
                        .act(style.act())
                        .build());
            }
            this.convs = child("convs", new Sequential(layers));
        }

        @Override
        protected Tensor forward(Tensor x) {
            return convs.call(x);
        }
    }

    /// Brings the coarser level up and joins it with the encoder's.
    private static final class UpConvBlock extends Module {

        private final ConvBlock convBlock;
        private final Layer upsample;

        UpConvBlock(Config config, int stage) {
            int skip = config.channels(stage - 1);
            this.convBlock = child(
                    "conv_block",
                    new ConvBlock(
                            config.decoderStages.get(stage - 1), new ConvBlock.Shape(2 * skip, skip, 1), config.style));
            int in = config.channels(stage);
            this.upsample = child(
                    "upsample",
                    config.stages.get(stage).steps
                            ? config.upsample.build(in, skip, config.style)
                            : ConvModule.of(in, skip, 1)
                                    .norm(config.style.norm())
                                    .act(config.style.act())
                                    .build());
        }

        Tensor call(Tensor skip, Tensor x) {
            return traced(x, () -> convBlock.call(Tensor.concat(1, List.of(skip, upsample.call(x)))));
        }
    }
}
