package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.Rescale;

/// Brings each level of a feature pyramid to the first one's size, doubling it after each convolution, and adds them
/// up ([Panoptic FPN](https://arxiv.org/abs/1901.02446)).
///
/// - in: levels `[N, inChannels[i], H/2^i, W/2^i]`, largest first
/// - out logits: `[N, numClasses, H, W]`
public final class FPNHead extends DecodeHead {

    private final List<Sequential> scaleHeads;

    /// @param head what every head says
    /// @param featureStrides pixels of the image per pixel of each level, powers of 2, smallest first
    public record Config(DecodeHead.Config head, List<Integer> featureStrides) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            Config config = new Config(DecodeHead.Config.read(c, parts, "multiple_select"), c.ints("feature_strides"));
            List<Integer> strides = config.featureStrides;
            int levels = config.head.inChannels().size();
            boolean powers = strides.stream().allMatch(s -> Integer.bitCount(s) == 1 && s >= strides.getFirst());
            if (strides.size() != levels || !powers) {
                throw c.error(
                        "feature_strides",
                        levels + " powers of 2 (in_channels), the smallest first",
                        strides.toString(),
                        "");
            }
            return config;
        }
    }

    public FPNHead(Config config) {
        super(config.head);
        this.scaleHeads = children("scale_heads", config.featureStrides.size(), i -> scaleHead(config, i));
    }

    static FPNHead read(ConfigNode c, Parts parts) {
        return new FPNHead(Config.read(c, parts));
    }

    private Sequential scaleHead(Config config, int level) {
        int channels = config.head.channels();
        int times = config.featureStrides.get(level) / config.featureStrides.getFirst();
        int doublings = Integer.numberOfTrailingZeros(times);
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < Math.max(1, doublings); i++) {
            int in = i == 0 ? config.head.inChannels().get(level) : channels;
            layers.add(conv(in, channels, 3).build());
            if (doublings > 0) {
                layers.add(new Lambda(Rescale.by(2, config.head.alignCorners())));
            }
        }
        return new Sequential(layers);
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        List<Tensor> chosen = selected(levels);
        Tensor sum = scaleHeads.getFirst().call(chosen.getFirst()); // [N, channels, H, W]
        for (int i = 1; i < scaleHeads.size(); i++) {
            Tensor level = scaleHeads.get(i).call(chosen.get(i));
            sum = sum.add(level.resizeLike(sum, config().alignCorners()));
        }
        return classify(sum);
    }
}
