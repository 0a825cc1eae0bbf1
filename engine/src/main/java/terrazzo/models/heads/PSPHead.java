package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.models.DecodeHead;
import terrazzo.models.FeatureHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.PyramidPooling;

/// Pools one level at several grid sizes and fuses them ([PSPNet](https://arxiv.org/abs/1612.01105), fig. 3).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class PSPHead extends FeatureHead {

    private final PyramidPooling psp;
    private final ConvModule bottleneck;

    /// @param head what every head says
    /// @param poolScales cells along each side of the grids
    public record Config(DecodeHead.Config head, List<Integer> poolScales) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            return new Config(DecodeHead.Config.read(c, parts), c.ints("pool_scales", List.of(1, 2, 3, 6)));
        }
    }

    public PSPHead(Config config) {
        super(config.head);
        int in = config.head.inputChannels();
        int channels = config.head.channels();
        int pooled = config.poolScales.size() * channels;
        this.psp = child(
                "psp_modules",
                new PyramidPooling(config.poolScales, conv(in, channels, 1), config.head.alignCorners()));
        this.bottleneck = child("bottleneck", conv(in + pooled, channels, 3).build());
    }

    static PSPHead read(ConfigNode c, Parts parts) {
        return new PSPHead(Config.read(c, parts));
    }

    @Override
    public Tensor features(List<Tensor> levels) {
        Tensor x = input(levels); // [N, C, H, W]
        List<Tensor> all = new ArrayList<>(List.of(x));
        all.addAll(psp.call(x)); // each [N, channels, H, W]
        return bottleneck.call(Tensor.concat(1, all));
    }
}
