package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.ModuleList;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.Pools;

/// Blocks that keep the result of each of their ever narrower convolutions
/// ([STDC](https://arxiv.org/abs/2104.13188)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: three levels of stride 8, 16 and 32 with the last three of `channels`
public final class STDCNet extends Backbone {

    private static final int SHALLOW_STAGES = 2;
    private static final int FINAL_CHANNELS = 1024;

    private final Config config;
    private final List<Layer> stages;
    private final Optional<ConvModule> finalConv;

    /// @param strides step of each block of each stage
    /// @param inChannels channels of the image
    /// @param channels channels of two convolutions and three stages
    /// @param style norm and activation of all convolutions
    /// @param numConvs convolutions of a block
    /// @param withFinalConv whether one more convolution follows the last stage
    private record Config(
            List<List<Integer>> strides,
            int inChannels,
            List<Integer> channels,
            Style style,
            int numConvs,
            boolean withFinalConv) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            c.ignoring("pretrained", "init_cfg");
            String type = c.string("stdc_type");
            List<List<Integer>> strides = switch (type) {
                case "STDCNet1" -> List.of(List.of(2, 1), List.of(2, 1), List.of(2, 1));
                case "STDCNet2" -> List.of(List.of(2, 1, 1, 1), List.of(2, 1, 1, 1, 1), List.of(2, 1, 1));
                default -> throw c.error("stdc_type", "'STDCNet1' or 'STDCNet2'", "'" + type + "'", "");
            };
            String bottleneck = c.string("bottleneck_type");
            if (!bottleneck.equals("cat")) {
                throw c.error("bottleneck_type", "'cat'", "'" + bottleneck + "'", "none of the published models adds");
            }
            Config config = new Config(
                    strides,
                    c.integer("in_channels"),
                    c.ints("channels"),
                    new Style(NormSpec.find(c), ActSpec.find(c)),
                    c.integer("num_convs", 4),
                    c.bool("with_final_conv", false));
            if (config.channels.size() != SHALLOW_STAGES + strides.size()) {
                throw c.error("channels", "5 numbers", config.channels.toString(), "");
            }
            if (config.numConvs < 2) {
                throw c.error("num_convs", "2 or more", Integer.toString(config.numConvs), "");
            }
            return config;
        }
    }

    private record Style(Optional<NormSpec> norm, Optional<ActSpec> act) {

        ConvModule.Spec conv(int in, int out, int kernel) {
            return ConvModule.of(in, out, kernel).padding(kernel / 2).norm(norm).act(act);
        }
    }

    private STDCNet(Config config) {
        this.config = config;
        List<Integer> widths = config.channels;
        Style style = config.style;
        List<Layer> all = new ArrayList<>();
        all.add(style.conv(config.inChannels, widths.get(0), 3).stride(2).build());
        all.add(style.conv(widths.get(0), widths.get(1), 3).stride(2).build());
        for (List<Integer> strides : config.strides) {
            int in = widths.get(all.size() - 1);
            int out = widths.get(all.size());
            List<Layer> blocks = new ArrayList<>();
            for (int i = 0; i < strides.size(); i++) {
                blocks.add(new Block(config, new Block.Shape(i == 0 ? in : out, out, strides.get(i))));
            }
            all.add(new Sequential(blocks));
        }
        this.stages = children("stages", all.size(), all::get);
        this.finalConv = config.withFinalConv
                ? Optional.of(child(
                        "final_conv",
                        style.conv(widths.getLast(), lastChannels(), 1).build()))
                : Optional.empty();
    }

    static STDCNet read(ConfigNode c) {
        return new STDCNet(Config.read(c));
    }

    private int lastChannels() {
        int last = config.channels.getLast();
        return config.withFinalConv ? Math.max(FINAL_CHANNELS, last) : last;
    }

    @Override
    public List<FeatureSpec> features() {
        List<Integer> widths = config.channels;
        return List.of(
                new FeatureSpec(widths.get(2), 8),
                new FeatureSpec(widths.get(3), 16),
                new FeatureSpec(lastChannels(), 32));
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        List<Tensor> levels = new ArrayList<>();
        Tensor x = img;
        for (Layer stage : stages) {
            x = stage.call(x);
            levels.add(x);
        }
        if (finalConv.isPresent()) {
            levels.set(levels.size() - 1, finalConv.get().call(x));
        }
        return levels.subList(SHALLOW_STAGES, levels.size());
    }

    /// Convolutions of half the channels each time, but for the last; all their results side by side.
    private static final class Block extends Layer {

        private final List<ConvModule> layers;
        private final Optional<ConvModule> downsample;
        private final Layer skip;

        /// @param in channels that go in
        /// @param out channels of all results together
        /// @param stride step of the block, 1 or 2
        private record Shape(int in, int out, int stride) {}

        Block(Config config, Shape shape) {
            int out = shape.out;
            List<ConvModule> convs = new ArrayList<>();
            convs.add(ConvModule.of(shape.in, out / 2, 1)
                    .norm(config.style.norm)
                    .act(ActSpec.RELU)
                    .build());
            for (int i = 1; i < config.numConvs; i++) {
                int power = i == config.numConvs - 1 ? i : i + 1;
                convs.add(config.style.conv(out >> i, out >> power, 3).build());
            }
            ModuleList<ConvModule> list = child("layers", ModuleList.of(convs));
            this.layers = list.items();
            this.downsample = shape.stride == 2
                    ? Optional.of(child(
                            "downsample",
                            config.style
                                    .conv(out / 2, out / 2, 3)
                                    .stride(2)
                                    .groups(out / 2)
                                    .act(Optional.empty())
                                    .build()))
                    : Optional.empty();
            this.skip = Pools.average(3, 2, 1);
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor first = layers.getFirst().call(x);
            List<Tensor> results = new ArrayList<>();
            results.add(downsample.isPresent() ? skip.call(first) : first);
            Tensor y = downsample.isPresent() ? downsample.get().call(first) : first;
            for (ConvModule layer : layers.subList(1, layers.size())) {
                y = layer.call(y);
                results.add(y);
            }
            return Tensor.concat(1, results);
        }
    }
}
