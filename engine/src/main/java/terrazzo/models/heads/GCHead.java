package terrazzo.models.heads;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ContextBlock;

/// A global context block between the convolutions of an [FCNHead] ([GCNet](https://arxiv.org/abs/1904.11492)).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class GCHead extends FCNHead {

    private final ContextBlock block;

    /// @param fcn the convolutions around the block
    /// @param block the block
    public record Config(FCNHead.Config fcn, ContextBlock.Config block) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            FCNHead.Config fcn = FCNHead.Config.read(c, parts);
            String pooling = c.string("pooling_type", "att");
            if (!pooling.equals("att") && !pooling.equals("avg")) {
                throw c.error("pooling_type", "'att' or 'avg'", "'" + pooling + "'", "");
            }
            List<String> fusions = c.strings("fusion_types", List.of("channel_add"));
            if (fusions.isEmpty() || !List.of("channel_add", "channel_mul").containsAll(fusions)) {
                throw c.error("fusion_types", "'channel_add', 'channel_mul' or both", fusions.toString(), "");
            }
            int channels = fcn.head().channels();
            return new Config(
                    fcn,
                    new ContextBlock.Config(
                            channels,
                            (int) (channels * c.number("ratio", 0.25)),
                            pooling.equals("att"),
                            fusions.contains("channel_add"),
                            fusions.contains("channel_mul")));
        }
    }

    public GCHead(Config config) {
        super(config.fcn);
        this.block = child("gc_block", new ContextBlock(config.block));
    }

    static GCHead read(ConfigNode c, Parts parts) {
        return new GCHead(Config.read(c, parts));
    }

    @Override
    protected Tensor between(Tensor x) {
        return block.call(x);
    }
}
