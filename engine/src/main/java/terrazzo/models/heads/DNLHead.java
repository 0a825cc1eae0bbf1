package terrazzo.models.heads;

import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.models.Parts;
import terrazzo.models.blocks.NonLocal2d;

/// A disentangled non-local block between the convolutions of an [FCNHead]
/// ([DNLNet](https://arxiv.org/abs/2006.06668)).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class DNLHead extends FCNHead {

    private final NonLocal2d block;

    /// @param fcn the convolutions around the block
    /// @param block the block
    public record Config(FCNHead.Config fcn, NonLocal2d.Config block) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            FCNHead.Config fcn = FCNHead.Config.read(c, parts);
            return new Config(
                    fcn,
                    NonLocal2d.Config.read(c, fcn.head().channels(), fcn.head().norm())
                            .disentangled(c.number("temperature", 0.05)));
        }
    }

    public DNLHead(Config config) {
        super(config.fcn);
        this.block = child("dnl_block", new NonLocal2d(config.block));
    }

    static DNLHead read(ConfigNode c, Parts parts) {
        return new DNLHead(Config.read(c, parts));
    }

    @Override
    protected Tensor between(Tensor x) {
        return block.call(x);
    }
}
