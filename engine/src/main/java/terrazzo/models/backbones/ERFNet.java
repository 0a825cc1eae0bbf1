package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.ConvTranspose2d;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;
import terrazzo.models.blocks.Pools;

/// Residual blocks of convolutions along one axis at a time, down and up again
/// ([ERFNet](http://www.robesafe.uah.es/personal/eduardo.romera/pdfs/Romera17tits.pdf)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: one level `[N, C, H/2, W/2]`, C = the last of `decNonBottleneckChannels`
public final class ERFNet extends Backbone {

    /// mmseg: blocks know this norm only, whatever `norm_cfg` says.
    private static final NormSpec NORM = NormSpec.batchNorm().withEps(1e-3);

    private final Config config;
    private final List<Layer> encoder;
    private final List<Layer> decoder;

    /// @param inChannels channels of the image
    /// @param downChannels channels after each step down
    /// @param stageBlocks blocks after each step down but the first
    /// @param dilations distance of taps in the last stage's blocks, again and again
    /// @param upChannels channels after each step up
    /// @param upBlocks blocks after each step up
    /// @param dropoutRatio probability of dropping an element in the encoder's blocks
    private record Config(
            int inChannels,
            List<Integer> downChannels,
            List<Integer> stageBlocks,
            List<Integer> dilations,
            List<Integer> upChannels,
            List<Integer> upBlocks,
            double dropoutRatio) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            // mmseg: only the number of `dec_upsample_channels` and `enc_non_bottleneck_channels` is looked at
            c.ignoring("enc_non_bottleneck_channels", "dec_upsample_channels");
            PlainConvolutions.require(c);
            c.ignoring("norm_cfg", "act_cfg", "init_cfg");
            Config config = new Config(
                    c.integer("in_channels", 3),
                    c.ints("enc_downsample_channels", List.of(16, 64, 128)),
                    c.ints("enc_stage_non_bottlenecks", List.of(5, 8)),
                    c.ints("enc_non_bottleneck_dilations", List.of(2, 4, 8, 16)),
                    c.ints("dec_non_bottleneck_channels", List.of(64, 16)),
                    c.ints("dec_stages_non_bottleneck", List.of(2, 2)),
                    c.number("dropout_ratio", 0.1));
            int stages = config.downChannels.size() - 1;
            size(c, "enc_stage_non_bottlenecks", config.stageBlocks, stages);
            size(c, "dec_non_bottleneck_channels", config.upChannels, stages);
            size(c, "dec_stages_non_bottleneck", config.upBlocks, stages);
            int last = config.stageBlocks.getLast();
            if (last % config.dilations.size() != 0) {
                throw c.error(
                        "enc_stage_non_bottlenecks",
                        "a last number that is a multiple of " + config.dilations.size()
                                + " (enc_non_bottleneck_dilations)",
                        Integer.toString(last),
                        "");
            }
            return config;
        }

        private static void size(ConfigNode c, String key, List<Integer> values, int count) {
            if (values.size() != count) {
                throw c.error(key, count + " numbers (one less than enc_downsample_channels)", values.toString(), "");
            }
        }
    }

    private ERFNet(Config config) {
        this.config = config;
        List<Layer> down = encoderLayers(config);
        List<Layer> up = decoderLayers(config);
        this.encoder = children("encoder", down.size(), down::get);
        this.decoder = children("decoder", up.size(), up::get);
    }

    static ERFNet read(ConfigNode c) {
        return new ERFNet(Config.read(c));
    }

    private static List<Layer> encoderLayers(Config config) {
        List<Integer> widths = config.downChannels;
        List<Layer> layers = new ArrayList<>(List.of(new Downsampler(config.inChannels, widths.getFirst())));
        for (int i = 1; i < widths.size(); i++) {
            layers.add(new Downsampler(widths.get(i - 1), widths.get(i)));
            boolean last = i == widths.size() - 1;
            for (int j = 0; j < config.stageBlocks.get(i - 1); j++) {
                int dilation = last ? config.dilations.get(j % config.dilations.size()) : 1;
                layers.add(new NonBottleneck(widths.get(i), config.dropoutRatio, dilation));
            }
        }
        return layers;
    }

    private static List<Layer> decoderLayers(Config config) {
        List<Layer> layers = new ArrayList<>();
        int in = config.downChannels.getLast();
        for (int i = 0; i < config.upChannels.size(); i++) {
            int width = config.upChannels.get(i);
            layers.add(new Upsampler(in, width));
            for (int j = 0; j < config.upBlocks.get(i); j++) {
                layers.add(new NonBottleneck(width, 0, 1));
            }
            in = width;
        }
        return layers;
    }

    @Override
    public List<FeatureSpec> features() {
        int halvings = config.downChannels.size() - config.upChannels.size();
        return List.of(new FeatureSpec(config.upChannels.getLast(), 1 << halvings));
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = img;
        for (Layer layer : encoder) {
            x = layer.call(x);
        }
        for (Layer layer : decoder) {
            x = layer.call(x);
        }
        return List.of(x);
    }

    /// A strided convolution beside a pooling.
    private static final class Downsampler extends Layer {

        private final Conv2d conv;
        private final Layer pool;
        private final Layer bn;

        Downsampler(int in, int out) {
            this.conv = child(
                    "conv", new Conv2d(ConvSpec.of(in, out - in, 3).stride(2).padding(1)));
            this.pool = child("pool", Pools.max(2, 2, 0));
            this.bn = child("bn", NORM.build(out));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor convolved = conv.call(x);
            Tensor pooled = pool.call(x).resizeLike(convolved, false); // odd sizes differ by one pixel
            return bn.call(Tensor.concat(1, List.of(convolved, pooled))).relu();
        }
    }

    /// Twice a column and a row, beside an identity; the second pair is dilated.
    private static final class NonBottleneck extends Layer {

        private final List<Layer> layers;

        NonBottleneck(int channels, double drop, int dilation) {
            List<Layer> both = new ArrayList<>(pair(channels, 1));
            both.add(new Lambda(Tensor::relu));
            both.addAll(pair(channels, dilation));
            both.add(new Lambda(x -> x.dropout(drop)));
            this.layers = children("convs_layers", both.size(), both::get);
        }

        private static List<Layer> pair(int channels, int dilation) {
            ConvSpec column = ConvSpec.of(channels, channels, new Size(3, 1))
                    .padding(new Size(dilation, 0))
                    .dilation(new Size(dilation, 1));
            ConvSpec row = ConvSpec.of(channels, channels, new Size(1, 3))
                    .padding(new Size(0, dilation))
                    .dilation(new Size(1, dilation));
            return List.of(new Conv2d(column), new Lambda(Tensor::relu), new Conv2d(row), NORM.build(channels));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = x;
            for (Layer layer : layers) {
                y = layer.call(y);
            }
            return y.add(x).relu();
        }
    }

    /// A transposed convolution to twice the size.
    private static final class Upsampler extends Layer {

        private final ConvTranspose2d conv;
        private final Layer bn;

        Upsampler(int in, int out) {
            this.conv = child(
                    "conv",
                    new ConvTranspose2d(ConvSpec.of(in, out, 3).stride(2).padding(1), new Size(1, 1)));
            this.bn = child("bn", NORM.build(out));
        }

        @Override
        protected Tensor forward(Tensor x) {
            return bn.call(conv.call(x)).relu();
        }
    }
}
