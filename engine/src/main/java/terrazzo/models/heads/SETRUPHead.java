package terrazzo.models.heads;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.Rescale;
import terrazzo.models.blocks.Tokens;

/// Convolutions, each followed by an enlargement: the naive and the progressive decoder of
/// [SETR](https://arxiv.org/abs/2012.15840).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H*s, W*s]`, s = `upScale ^ numConvs`
public final class SETRUPHead extends DecodeHead {

    private final Layer norm;
    private final List<Sequential> upConvs;

    /// @param head what every head says
    /// @param norm norm over the channels of each pixel of the input
    /// @param numConvs convolutions, each with its enlargement
    /// @param upScale what height and width are multiplied with each time
    /// @param kernelSize extent of the convolutions in pixels, 1 or 3
    public record Config(DecodeHead.Config head, NormSpec norm, int numConvs, int upScale, int kernelSize) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            int kernel = c.integer("kernel_size", 3);
            if (kernel != 1 && kernel != 3) {
                throw c.error("kernel_size", "1 or 3", Integer.toString(kernel), "");
            }
            return new Config(
                    DecodeHead.Config.read(c, parts),
                    c.optionalNode("norm_layer")
                            .map(NormSpec::read)
                            .orElseGet(() -> NormSpec.layerNorm().withEps(1e-6)),
                    c.integer("num_convs", 1),
                    c.integer("up_scale", 4),
                    kernel);
        }
    }

    public SETRUPHead(Config config) {
        super(config.head);
        int in = config.head.inputChannels();
        int channels = config.head.channels();
        this.norm = child("norm", config.norm.build(in));
        this.upConvs = children(
                "up_convs",
                config.numConvs,
                i -> Sequential.of(
                        conv(i == 0 ? in : channels, channels, config.kernelSize)
                                .build(),
                        new Lambda(Rescale.by(config.upScale, config.head.alignCorners()))));
    }

    static SETRUPHead read(ConfigNode c, Parts parts) {
        return new SETRUPHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        Tokens pixels = Tokens.of(input(levels));
        Tensor x = pixels.with(norm.call(pixels.x())).image();
        for (Sequential up : upConvs) {
            x = up.call(x);
        }
        return classify(x);
    }
}
