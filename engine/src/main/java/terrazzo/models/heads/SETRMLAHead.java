package terrazzo.models.heads;

import java.util.List;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.Rescale;

/// Enlarges each level and concatenates them: the multi-level aggregation of [SETR](https://arxiv.org/abs/2012.15840),
/// after [terrazzo.models.necks.MLANeck].
///
/// - in: levels `[N, inChannels[i], H, W]`
/// - out logits: `[N, numClasses, H*upScale, W*upScale]`
public final class SETRMLAHead extends DecodeHead {

    private final List<Sequential> upConvs;

    /// @param head what every head says
    /// @param mlaChannels channels of each level
    /// @param upScale what height and width are multiplied with
    public record Config(DecodeHead.Config head, int mlaChannels, int upScale) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            Config config = new Config(
                    DecodeHead.Config.read(c, parts, "multiple_select"),
                    c.integer("mla_channels", 128),
                    c.integer("up_scale", 4));
            int expected = config.mlaChannels * config.head.inChannels().size();
            if (config.head.channels() != expected) {
                throw c.error(
                        "channels",
                        expected + " (mla_channels of each level)",
                        Integer.toString(config.head.channels()),
                        "");
            }
            return config;
        }
    }

    public SETRMLAHead(Config config) {
        super(config.head);
        int mla = config.mlaChannels;
        List<Integer> in = config.head.inChannels();
        this.upConvs = children(
                "up_convs",
                in.size(),
                i -> Sequential.of(
                        conv(in.get(i), mla, 3).build(),
                        conv(mla, mla, 3).build(),
                        new Lambda(Rescale.by(config.upScale, config.head.alignCorners()))));
    }

    static SETRMLAHead read(ConfigNode c, Parts parts) {
        return new SETRMLAHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        List<Tensor> chosen = selected(levels);
        return classify(Tensor.concat(
                1,
                IntStream.range(0, upConvs.size())
                        .mapToObj(i -> upConvs.get(i).call(chosen.get(i)))
                        .toList()));
    }
}
