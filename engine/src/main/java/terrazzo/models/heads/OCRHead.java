package terrazzo.models.heads;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.models.CascadeDecodeHead;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.SelfAttentionBlock;
import terrazzo.models.blocks.SelfAttentionBlock.Channels;
import terrazzo.models.blocks.SelfAttentionBlock.Projection;
import terrazzo.models.blocks.SelfAttentionBlock.Style;

/// Describes each class by the pixels that a first head gave it, and each pixel by the classes that it is like
/// ([OCRNet](https://arxiv.org/abs/1909.11065)).
///
/// - in: levels that make `[N, inChannels, H, W]`, and the first head's logits `[N, numClasses, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride
public final class OCRHead extends CascadeDecodeHead {

    private final ObjectContext objectContext;
    private final ConvModule bottleneck;

    /// @param head what every head says
    /// @param ocrChannels channels in which pixels and classes are compared
    public record Config(DecodeHead.Config head, int ocrChannels) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            int scale = c.integer("scale", 1);
            if (scale != 1) {
                throw c.error("scale", "1", Integer.toString(scale), "the reference can't run with another");
            }
            return new Config(DecodeHead.Config.read(c, parts), c.integer("ocr_channels"));
        }
    }

    public OCRHead(Config config) {
        super(config.head);
        int channels = config.head.channels();
        this.objectContext = child("object_context_block", new ObjectContext(config));
        this.bottleneck = child(
                "bottleneck", conv(config.head.inputChannels(), channels, 3).build());
    }

    static OCRHead read(ConfigNode c, Parts parts) {
        return new OCRHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels, Tensor previous) {
        Tensor pixels = bottleneck.call(input(levels)); // [N, channels, H, W]
        return classify(objectContext.describe(pixels, gather(pixels, previous)));
    }

    /// The mean feature of each class, weighted by how much of the class lies at each pixel: `[N, channels, K, 1]`.
    private static Tensor gather(Tensor pixels, Tensor logits) {
        Tensor share = logits.flatten(2).softmax(2); // [N, K, H*W]
        Tensor features = pixels.flatten(2).transpose(1, 2); // [N, H*W, channels]
        return share.matmul(features).transpose(1, 2).unsqueeze(-1);
    }

    /// Each pixel with what the classes that it is like look like.
    private static final class ObjectContext extends SelfAttentionBlock {

        private final ConvModule bottleneck;

        ObjectContext(OCRHead.Config config) {
            super(attention(config));
            int channels = config.head.channels();
            this.bottleneck = child(
                    "bottleneck",
                    ConvModule.of(channels * 2, channels, 1)
                            .norm(config.head.norm())
                            .act(config.head.act())
                            .build());
        }

        private static SelfAttentionBlock.Config attention(OCRHead.Config config) {
            int channels = config.head.channels();
            Optional<Style> style = Optional.of(new Style(config.head.norm(), config.head.act()));
            return new SelfAttentionBlock.Config(
                    new Channels(channels, channels, config.ocrChannels, channels),
                    new Projection(2, style),
                    new Projection(1, style),
                    false,
                    true,
                    true,
                    UnaryOperator.identity());
        }

        Tensor describe(Tensor pixels, Tensor classes) {
            return bottleneck.call(Tensor.concat(1, List.of(call(pixels, classes), pixels)));
        }
    }
}
