package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.FeatureHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;

/// Convolutions of several dilations and the mean of the whole image, side by side
/// ([DeepLabV3](https://arxiv.org/abs/1706.05587)). [DepthwiseSeparableASPPHead] builds upon it.
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public class ASPPHead extends FeatureHead {

    private final Sequential imagePool;
    private final List<Layer> branches;
    private final ConvModule bottleneck;

    /// @param head what every head says
    /// @param dilations distance of taps in each branch; 1 makes a 1x1 convolution
    public record Config(DecodeHead.Config head, List<Integer> dilations) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            return new Config(DecodeHead.Config.read(c, parts), c.ints("dilations", List.of(1, 6, 12, 18)));
        }
    }

    /// Makes the branch of one dilation, from the head's input channels to its width.
    @FunctionalInterface
    protected interface Branch {
        Layer of(DecodeHead.Config head, int dilation);
    }

    public ASPPHead(Config config) {
        this(config, ASPPHead::dense);
    }

    protected ASPPHead(Config config, Branch branch) {
        super(config.head);
        int in = config.head.inputChannels();
        int channels = config.head.channels();
        int count = config.dilations.size();
        this.imagePool = child(
                "image_pool",
                Sequential.of(
                        new Lambda(x -> x.adaptiveAvgPool(1, 1)),
                        conv(in, channels, 1).build()));
        this.branches = children("aspp_modules", count, i -> branch.of(config.head, config.dilations.get(i)));
        this.bottleneck =
                child("bottleneck", conv((count + 1) * channels, channels, 3).build());
    }

    static ASPPHead read(ConfigNode c, Parts parts) {
        return new ASPPHead(Config.read(c, parts));
    }

    /// An ordinary convolution.
    protected static Layer dense(DecodeHead.Config head, int dilation) {
        ConvModule.Spec conv = dilation == 1
                ? ConvModule.of(head.inputChannels(), head.channels(), 1)
                : ConvModule.of(head.inputChannels(), head.channels(), 3)
                        .padding(dilation)
                        .dilation(dilation);
        return conv.norm(head.norm()).act(head.act()).build();
    }

    /// What all branches see together: `[N, channels, H, W]`.
    protected final Tensor pyramid(Tensor x) {
        List<Tensor> seen = new ArrayList<>();
        seen.add(imagePool.call(x).resizeLike(x, config().alignCorners()));
        branches.forEach(b -> seen.add(b.call(x)));
        return bottleneck.call(Tensor.concat(1, seen));
    }

    @Override
    public Tensor features(List<Tensor> levels) {
        return pyramid(input(levels));
    }
}
