package terrazzo.models.heads;

import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.models.Parts;
import terrazzo.models.blocks.CrissCrossAttention;

/// Criss-cross attention, applied several times, between the convolutions of an [FCNHead]
/// ([CCNet](https://arxiv.org/abs/1811.11721)).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class CCHead extends FCNHead {

    private final int recurrence;
    private final CrissCrossAttention cca;

    /// @param fcn the convolutions around the attention
    /// @param recurrence how often the attention is applied
    public record Config(FCNHead.Config fcn, int recurrence) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            return new Config(FCNHead.Config.read(c, parts), c.integer("recurrence", 2));
        }
    }

    public CCHead(Config config) {
        super(config.fcn);
        this.recurrence = config.recurrence;
        this.cca = child("cca", new CrissCrossAttention(config.fcn.head().channels()));
    }

    static CCHead read(ConfigNode c, Parts parts) {
        return new CCHead(Config.read(c, parts));
    }

    @Override
    protected Tensor between(Tensor x) {
        Tensor y = x;
        for (int i = 0; i < recurrence; i++) {
            y = cca.call(y);
        }
        return y;
    }
}
