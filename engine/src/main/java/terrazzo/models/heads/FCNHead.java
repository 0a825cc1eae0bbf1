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

/// Some convolutions and a classifier ([FCN](https://arxiv.org/abs/1411.4038)).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class FCNHead extends FeatureHead {

    private final Optional<Layer> convs;
    private final Optional<ConvModule> convCat;

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
        super(config.head);
        int in = config.head.inputChannels();
        int channels = config.head.channels();
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < config.numConvs; i++) {
            layers.add(conv(i == 0 ? in : channels, channels, config.kernelSize)
                    .padding(config.kernelSize / 2 * config.dilation)
                    .dilation(config.dilation)
                    .build());
        }
        this.convs = layers.isEmpty() ? Optional.empty() : Optional.of(child("convs", new Sequential(layers)));
        this.convCat = config.concatInput
                ? Optional.of(child(
                        "conv_cat",
                        conv(in + channels, channels, config.kernelSize).build()))
                : Optional.empty();
    }

    static FCNHead read(ConfigNode c, Parts parts) {
        return new FCNHead(Config.read(c, parts));
    }

    @Override
    public Tensor features(List<Tensor> levels) {
        Tensor x = input(levels);
        Tensor y = convs.isPresent() ? convs.get().call(x) : x;
        if (convCat.isPresent()) {
            y = convCat.get().call(Tensor.concat(1, List.of(x, y)));
        }
        return y;
    }
}
