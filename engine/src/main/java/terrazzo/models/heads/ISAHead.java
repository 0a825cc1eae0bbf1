package terrazzo.models.heads;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.SelfAttentionBlock;
import terrazzo.models.blocks.SelfAttentionBlock.Channels;
import terrazzo.models.blocks.SelfAttentionBlock.Projection;
import terrazzo.models.blocks.SelfAttentionBlock.Style;

/// Attention among pixels far apart, then among pixels close together
/// ([Interlaced sparse self-attention](https://arxiv.org/abs/1907.12273)).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class ISAHead extends DecodeHead {

    private final Size local;
    private final ConvModule inConv;
    private final Relation globalRelation;
    private final Relation localRelation;
    private final ConvModule outConv;

    /// @param head what every head says
    /// @param isaChannels channels of projected keys and queries
    /// @param downFactor extent in pixels of what is close together
    public record Config(DecodeHead.Config head, int isaChannels, Size downFactor) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            List<Integer> factor = c.ints("down_factor", List.of(8, 8));
            if (factor.size() != 2) {
                throw c.error("down_factor", "(height, width)", factor.toString(), "");
            }
            return new Config(
                    DecodeHead.Config.read(c, parts),
                    c.integer("isa_channels"),
                    new Size(factor.getFirst(), factor.getLast()));
        }
    }

    public ISAHead(Config config) {
        super(config.head);
        int channels = config.head.channels();
        this.local = config.downFactor;
        this.inConv =
                child("in_conv", conv(config.head.inputChannels(), channels, 3).build());
        this.globalRelation = child("global_relation", new Relation(config));
        this.localRelation = child("local_relation", new Relation(config));
        this.outConv = child("out_conv", conv(channels * 2, channels, 1).build());
    }

    static ISAHead read(ConfigNode c, Parts parts) {
        return new ISAHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        Tensor x = inConv.call(input(levels));
        Dim n = x.dim(0);
        Dim c = x.dim(1);
        Dim h = x.dim(2);
        Dim w = x.dim(3);
        Dim lh = Dim.of(local.height());
        Dim lw = Dim.of(local.width());
        Dim gh = h.ceilDiv(local.height());
        Dim gw = w.ceilDiv(local.width());
        Dim padH = gh.times(lh).minus(h);
        Dim padW = gw.times(lw).minus(w);
        Dim top = padH.floorDiv(2);
        Dim left = padW.floorDiv(2);

        Tensor padded = x.pad(left, padW.minus(left), top, padH.minus(top));
        Tensor far = padded.reshape(n, c, gh, lh, gw, lw)
                .permute(0, 3, 5, 1, 2, 4) // [N, lh, lw, C, gh, gw]
                .reshape(n.times(lh).times(lw), c, gh, gw);
        Tensor near = globalRelation
                .call(far)
                .reshape(n, lh, lw, c, gh, gw)
                .permute(0, 4, 5, 3, 1, 2) // [N, gh, gw, C, lh, lw]
                .reshape(n.times(gh).times(gw), c, lh, lw);
        Tensor y = localRelation
                .call(near)
                .reshape(n, gh, gw, c, lh, lw)
                .permute(0, 3, 1, 4, 2, 5) // [N, C, gh, lh, gw, lw]
                .reshape(n, c, gh.times(lh), gw.times(lw))
                .slice(2, top, top.plus(h))
                .slice(3, left, left.plus(w));
        return classify(outConv.call(Tensor.concat(1, List.of(y, x))));
    }

    /// Attention of each pixel to all of its group.
    private static final class Relation extends SelfAttentionBlock {

        private final Layer outputProject;

        Relation(ISAHead.Config config) {
            super(attention(config));
            int channels = config.head.channels();
            this.outputProject = child(
                    "output_project",
                    ConvModule.of(channels, channels, 1)
                            .norm(config.head.norm())
                            .act(config.head.act())
                            .build());
        }

        private static SelfAttentionBlock.Config attention(ISAHead.Config config) {
            int channels = config.head.channels();
            Style style = new Style(config.head.norm(), config.head.act());
            return new SelfAttentionBlock.Config(
                    new Channels(channels, channels, config.isaChannels, channels),
                    new Projection(2, Optional.of(style)),
                    new Projection(1, Optional.empty()),
                    false,
                    true,
                    false,
                    UnaryOperator.identity());
        }

        Tensor call(Tensor x) {
            return outputProject.call(call(x, x));
        }
    }
}
