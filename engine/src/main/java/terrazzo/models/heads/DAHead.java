package terrazzo.models.heads;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.Segmentor;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.Scale;
import terrazzo.models.blocks.SelfAttentionBlock;
import terrazzo.models.blocks.SelfAttentionBlock.Channels;
import terrazzo.models.blocks.SelfAttentionBlock.Projection;

/// Attention between pixels and attention between channels, side by side
/// ([DANet](https://arxiv.org/abs/1809.02983)). Each branch also has a classifier and losses of its own.
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class DAHead extends DecodeHead {

    private final ConvModule pamIn;
    private final PositionAttention pam;
    private final ConvModule pamOut;
    private final Conv2d pamSeg;
    private final ConvModule camIn;
    private final ChannelAttention cam;
    private final ConvModule camOut;
    private final Conv2d camSeg;

    /// @param head what every head says
    /// @param pamChannels channels of projected keys and queries
    public record Config(DecodeHead.Config head, int pamChannels) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            return new Config(DecodeHead.Config.read(c, parts), c.integer("pam_channels"));
        }
    }

    public DAHead(Config config) {
        super(config.head);
        int in = config.head.inputChannels();
        int channels = config.head.channels();
        ConvSpec classifier = ConvSpec.of(channels, config.head.numClasses(), 1);
        this.pamIn = child("pam_in_conv", conv(in, channels, 3).build());
        this.pam = child("pam", new PositionAttention(channels, config.pamChannels));
        this.pamOut = child("pam_out_conv", conv(channels, channels, 3).build());
        this.pamSeg = child("pam_conv_seg", new Conv2d(classifier));
        this.camIn = child("cam_in_conv", conv(in, channels, 3).build());
        this.cam = child("cam", new ChannelAttention());
        this.camOut = child("cam_out_conv", conv(channels, channels, 3).build());
        this.camSeg = child("cam_conv_seg", new Conv2d(classifier));
    }

    static DAHead read(ConfigNode c, Parts parts) {
        return new DAHead(Config.read(c, parts));
    }

    /// Features of both branches.
    private record Branches(Tensor pam, Tensor cam) {

        Tensor sum() {
            return pam.add(cam);
        }
    }

    private Branches branches(List<Tensor> levels) {
        Tensor x = input(levels);
        return new Branches(pamOut.call(pam.call(pamIn.call(x))), camOut.call(cam.call(camIn.call(x))));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        return classify(branches(levels).sum());
    }

    @Override
    public Map<String, Tensor> loss(List<Tensor> levels, Tensor label) {
        return within(label, () -> {
            Branches branches = branches(levels);
            Map<String, Tensor> losses = new LinkedHashMap<>();
            losses.putAll(Segmentor.prefixed("pam_cam", lossByFeat(classify(branches.sum()), label)));
            losses.putAll(Segmentor.prefixed("pam", lossByFeat(pamSeg.call(dropped(branches.pam)), label)));
            losses.putAll(Segmentor.prefixed("cam", lossByFeat(camSeg.call(dropped(branches.cam)), label)));
            return losses;
        });
    }

    /// Attention of each pixel to all, added to the input.
    private static final class PositionAttention extends SelfAttentionBlock {

        private final Scale gamma;

        PositionAttention(int channels, int inner) {
            super(new SelfAttentionBlock.Config(
                    new Channels(channels, channels, inner, channels),
                    new Projection(1, Optional.empty()),
                    new Projection(1, Optional.empty()),
                    false,
                    false,
                    false,
                    UnaryOperator.identity()));
            this.gamma = child("gamma", new Scale(0));
        }

        Tensor call(Tensor x) {
            return gamma.call(call(x, x)).add(x);
        }
    }

    /// Attention of each channel to those least like it, added to the input.
    private static final class ChannelAttention extends Layer {

        private final Scale gamma = child("gamma", new Scale(0));

        @Override
        protected Tensor forward(Tensor x) {
            Tensor channels = x.flatten(2); // [N, C, L]
            Tensor energy = channels.matmul(channels.transpose(1, 2)); // [N, C, C]
            Tensor weights = energy.reduceKeep(ReduceKind.AMAX, 2).sub(energy).softmax(2);
            return gamma.call(weights.matmul(channels).reshape(x.shape())).add(x);
        }
    }
}
