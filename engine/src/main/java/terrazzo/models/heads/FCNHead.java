package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.FeatureHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;

/// Some convolutions and a classifier ([FCN](https://arxiv.org/abs/1411.4038)). [DepthwiseSeparableFCNHead] makes them
/// of another kind.
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public class FCNHead extends FeatureHead {

    private final Optional<Sequential> convs;
    private final Optional<Layer> convCat;

    /// Makes one of the head's convolutions; the dilation is 1 for the last one, after the input has joined.
    @FunctionalInterface
    protected interface Convolution {
        Layer of(Config config, int in, int dilation);
    }

    /// @param head what every head says
    /// @param numConvs convolutions before the classifier; 0 for none
    /// @param kernelSize their extent in pixels
    /// @param concatInput whether the input joins their output before one more convolution
    /// @param dilation distance of their taps in pixels
    public record Config(DecodeHead.Config head, int numConvs, int kernelSize, boolean concatInput, int dilation) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            Config config = new Config(
                    DecodeHead.Config.read(c, parts),
                    c.integer("num_convs", 2),
                    c.integer("kernel_size", 3),
                    c.bool("concat_input", true),
                    c.integer("dilation", 1));
            if (config.numConvs == 0 && config.head.inputChannels() != config.head.channels()) {
                throw c.error(
                        "channels",
                        config.head.inputChannels() + " (in_channels, as num_convs is 0)",
                        Integer.toString(config.head.channels()),
                        "");
            }
            return config;
        }
    }

    public FCNHead(Config config) {
        this(config, FCNHead::dense);
    }

    protected FCNHead(Config config, Convolution convolution) {
        super(config.head);
        int in = config.head.inputChannels();
        int channels = config.head.channels();
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < config.numConvs; i++) {
            layers.add(convolution.of(config, i == 0 ? in : channels, config.dilation));
        }
        this.convs = layers.isEmpty() ? Optional.empty() : Optional.of(child("convs", new Sequential(layers)));
        this.convCat = config.concatInput
                ? Optional.of(child("conv_cat", convolution.of(config, in + channels, 1)))
                : Optional.empty();
    }

    private static Layer dense(Config config, int in, int dilation) {
        return ConvModule.of(in, config.head.channels(), config.kernelSize)
                .padding(config.kernelSize / 2 * dilation)
                .dilation(dilation)
                .norm(config.head.norm())
                .act(config.head.act())
                .build();
    }

    static FCNHead read(ConfigNode c, Parts parts) {
        return new FCNHead(Config.read(c, parts));
    }

    @Override
    public Tensor features(List<Tensor> levels) {
        Tensor x = input(levels);
        Tensor y = convs.map(c -> convolved(c.layers(), x)).orElse(x);
        if (convCat.isPresent()) {
            y = convCat.get().call(Tensor.concat(1, List.of(x, y)));
        }
        return y;
    }

    private Tensor convolved(List<Layer> layers, Tensor x) {
        Tensor y = between(layers.getFirst().call(x));
        for (Layer layer : layers.subList(1, layers.size())) {
            y = layer.call(y);
        }
        return y;
    }

    /// What heads with a context module of their own do after the first convolution; here nothing.
    protected Tensor between(Tensor x) {
        return x;
    }
}
