package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.Interpolations;

/// Projects all levels to one width and fuses them, with 1x1 convolutions only
/// ([SegFormer](https://arxiv.org/abs/2105.15203)).
///
/// - in: levels `[N, inChannels[i], H/s, W/s]`
/// - out logits: `[N, numClasses, H, W]` of the first level's stride
public final class SegformerHead extends DecodeHead {

    private final Interpolation interpolation;
    private final List<ConvModule> convs;
    private final ConvModule fusionConv;

    /// @param head what every head says
    /// @param interpolation how levels are resized to the first
    public record Config(DecodeHead.Config head, Interpolation interpolation) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            return new Config(
                    DecodeHead.Config.read(c, parts, "multiple_select"), Interpolations.read(c, "interpolate_mode"));
        }
    }

    public SegformerHead(Config config) {
        super(config.head);
        this.interpolation = config.interpolation;
        List<Integer> in = config.head.inChannels();
        int channels = config.head.channels();
        this.convs =
                children("convs", in.size(), i -> conv(in.get(i), channels, 1).build());
        this.fusionConv = child(
                "fusion_conv",
                conv(channels * in.size(), channels, 1).act(ActSpec.RELU).build());
    }

    static SegformerHead read(ConfigNode c, Parts parts) {
        return new SegformerHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        List<Tensor> chosen = selected(levels);
        Tensor first = chosen.getFirst();
        List<Tensor> same = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            Tensor x = convs.get(i).call(chosen.get(i));
            same.add(x.resize(interpolation, first.dim(2), first.dim(3), config().alignCorners()));
        }
        return classify(fusionConv.call(Tensor.concat(1, same)));
    }
}
