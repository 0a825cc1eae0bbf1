package terrazzo.models.heads;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Module;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.SelfAttentionBlock;
import terrazzo.models.blocks.SelfAttentionBlock.Channels;
import terrazzo.models.blocks.SelfAttentionBlock.Projection;
import terrazzo.models.blocks.SelfAttentionBlock.Style;

/// Attention to pyramid-pooled features, first of the deeper level to the shallower, then of the result to itself
/// ([ANN](https://arxiv.org/abs/1908.07678)).
///
/// - in: two levels `[N, inChannels[i], H, W]`
/// - out logits: `[N, numClasses, H, W]`
public final class ANNHead extends DecodeHead {

    private final Fusion fusion;
    private final ConvModule bottleneck;
    private final Context context;

    /// @param head what every head says
    /// @param projectChannels channels of projected keys and queries
    /// @param keyPoolScales cells along each side of the grids that keys are pooled to
    /// @param stages attentions that are added up
    public record Config(DecodeHead.Config head, int projectChannels, List<Integer> keyPoolScales, int stages) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            DecodeHead.Config head = DecodeHead.Config.read(c, parts, "multiple_select");
            if (head.inChannels().size() != 2) {
                throw c.error("in_channels", "two levels", head.inChannels().toString(), "");
            }
            List<Integer> queryScales = c.ints("query_scales", List.of(1));
            if (queryScales.stream().anyMatch(s -> s != 1)) {
                throw c.error("query_scales", "(1,)", queryScales.toString(), "smaller queries give smaller features");
            }
            return new Config(
                    head,
                    c.integer("project_channels"),
                    c.ints("key_pool_scales", List.of(1, 3, 6, 8)),
                    queryScales.size());
        }

        private SelfAttentionBlock attention(Channels channels, boolean shared) {
            Style style = new Style(head.norm(), head.act());
            return new SelfAttentionBlock(new SelfAttentionBlock.Config(
                    channels,
                    new Projection(1, Optional.of(style)),
                    new Projection(1, Optional.empty()),
                    shared,
                    true,
                    true,
                    pooled(keyPoolScales)));
        }

        private static UnaryOperator<Tensor> pooled(List<Integer> scales) {
            return x -> Tensor.concat(
                    2,
                    scales.stream().map(s -> x.adaptiveAvgPool(s, s).flatten(2)).toList()); // [N, C, S]
        }
    }

    public ANNHead(Config config) {
        super(config.head);
        int channels = config.head.channels();
        int high = config.head.inChannels().getLast();
        this.fusion = child("fusion", new Fusion(config));
        this.bottleneck = child("bottleneck", conv(high, channels, 3).build());
        this.context = child("context", new Context(config));
    }

    static ANNHead read(ConfigNode c, Parts parts) {
        return new ANNHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        List<Tensor> chosen = selected(levels);
        Tensor fused = fusion.call(chosen.getFirst(), chosen.getLast());
        return classify(context.call(bottleneck.call(dropped(fused))));
    }

    /// The asymmetric fusion block: queries from the deeper level, keys from the shallower.
    private static final class Fusion extends Module {

        private final List<SelfAttentionBlock> stages;
        private final ConvModule bottleneck;

        Fusion(Config config) {
            int low = config.head.inChannels().getFirst();
            int high = config.head.inChannels().getLast();
            Channels channels = new Channels(low, high, config.projectChannels, high);
            this.stages = children("stages", config.stages, _ -> config.attention(channels, false));
            this.bottleneck = child(
                    "bottleneck",
                    ConvModule.of(2 * high, high, 1).norm(config.head.norm()).build());
        }

        Tensor call(Tensor low, Tensor high) {
            return traced(high, () -> {
                Tensor seen = stages.stream()
                        .map(s -> s.call(high, low))
                        .reduce(Tensor::add)
                        .orElseThrow();
                return bottleneck.call(Tensor.concat(1, List.of(seen, high)));
            });
        }
    }

    /// The asymmetric pyramid block: queries and keys from the same features, with one projection for both.
    private static final class Context extends Module {

        private final List<SelfAttentionBlock> stages;
        private final ConvModule bottleneck;

        Context(Config config) {
            int width = config.head.channels();
            Channels channels = new Channels(width, width, config.projectChannels, width);
            this.stages = children("stages", config.stages, _ -> config.attention(channels, true));
            this.bottleneck = child(
                    "bottleneck",
                    ConvModule.of(2 * width, width, 1)
                            .norm(config.head.norm())
                            .act(config.head.act())
                            .build());
        }

        Tensor call(Tensor x) {
            return traced(x, () -> {
                Tensor seen = stages.stream()
                        .map(s -> s.call(x, x))
                        .reduce(Tensor::add)
                        .orElseThrow();
                return bottleneck.call(Tensor.concat(1, List.of(seen, x)));
            });
        }
    }
}
