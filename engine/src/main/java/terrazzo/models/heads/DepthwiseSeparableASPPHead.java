package terrazzo.models.heads;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.DepthwiseSeparableConvModule;

/// The pyramid of [ASPPHead] from separable convolutions, sharpened by a level of finer stride
/// ([DeepLabV3+](https://arxiv.org/abs/1802.02611)).
///
/// - in: one level `[N, inChannels, H, W]`, and the first level `[N, c1InChannels, h, w]`
/// - out logits: `[N, numClasses, h, w]`, same stride as the first level
public final class DepthwiseSeparableASPPHead extends ASPPHead {

    private final Optional<ConvModule> c1Bottleneck;
    private final Sequential sepBottleneck;

    /// @param aspp what the plain head says
    /// @param c1InChannels channels of the first level; 0 to do without it
    /// @param c1Channels channels that remain of it
    public record Config(ASPPHead.Config aspp, int c1InChannels, int c1Channels) {

        static Config read(ConfigNode c, Parts parts) {
            return new Config(ASPPHead.Config.read(c, parts), c.integer("c1_in_channels"), c.integer("c1_channels"));
        }
    }

    public DepthwiseSeparableASPPHead(Config config) {
        super(config.aspp, DepthwiseSeparableASPPHead::branch);
        int channels = config.aspp.head().channels();
        this.c1Bottleneck = config.c1InChannels > 0
                ? Optional.of(child(
                        "c1_bottleneck",
                        conv(config.c1InChannels, config.c1Channels, 1).build()))
                : Optional.empty();
        this.sepBottleneck = child(
                "sep_bottleneck",
                Sequential.of(
                        separable(config.aspp.head(), channels + config.c1Channels, 1),
                        separable(config.aspp.head(), channels, 1)));
    }

    static DepthwiseSeparableASPPHead read(ConfigNode c, Parts parts) {
        return new DepthwiseSeparableASPPHead(Config.read(c, parts));
    }

    private static Layer branch(DecodeHead.Config head, int dilation) {
        return dilation > 1 ? separable(head, head.inputChannels(), dilation) : dense(head, dilation);
    }

    private static Layer separable(DecodeHead.Config head, int in, int dilation) {
        ConvSpec conv = ConvSpec.of(in, head.channels(), 3).padding(dilation).dilation(dilation);
        return new DepthwiseSeparableConvModule(
                conv, new DepthwiseSeparableConvModule.Style(head.norm(), head.act(), head.act()));
    }

    @Override
    public Tensor features(List<Tensor> levels) {
        Tensor y = pyramid(input(levels));
        if (c1Bottleneck.isPresent()) {
            Tensor fine = c1Bottleneck.get().call(levels.getFirst()); // [N, c1Channels, h, w]
            y = Tensor.concat(1, List.of(y.resizeLike(fine, config().alignCorners()), fine));
        }
        return sepBottleneck.call(y);
    }
}
