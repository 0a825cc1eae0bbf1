package terrazzo.models.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Sequential;

/// Attention of the pixels of one feature map to those of another
/// ([Non-local networks](https://arxiv.org/abs/1711.07971)). Heads extend it by
/// what they do with the result.
///
/// - in: queries `[N, queryIn, H, W]`, keys `[N, keyIn, H', W']`
/// - out: `[N, out, H, W]`
public class SelfAttentionBlock extends Module {

    private final Config config;
    private final Layer keyProject;
    private final Layer queryProject;
    private final Layer valueProject;
    private final Optional<Layer> outProject;

    /// @param keyIn channels of the keys' map
    /// @param queryIn channels of the queries' map
    /// @param inner channels of projected keys and queries
    /// @param out channels that come out
    public record Channels(int keyIn, int queryIn, int inner, int out) {}

    /// Some 1x1 convolutions.
    ///
    /// @param convs how many
    /// @param style norm and activation after each; without it they are bare
    public record Projection(int convs, Optional<Style> style) {

        Layer build(int in, int out) {
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < convs; i++) {
                int width = i == 0 ? in : out;
                layers.add(
                        style.isPresent()
                                ? ConvModule.of(width, out, 1)
                                        .norm(style.get().norm)
                                        .act(style.get().act)
                                        .build()
                                : new Conv2d(ConvSpec.of(width, out, 1)));
            }
            return convs == 1 ? layers.getFirst() : new Sequential(layers);
        }
    }

    public record Style(Optional<NormSpec> norm, Optional<ActSpec> act) {}

    /// @param channels all channel counts
    /// @param keyQuery how keys and queries are projected
    /// @param valueOut how values and, where `projectsOut`, the output are projected
    /// @param sharesKeyQuery whether keys and queries share one projection
    /// @param scaled whether products are divided by the root of the inner channels
    /// @param projectsOut whether the output is projected; else values have the output's channels
    /// @param keyPool applied to projected keys and values
    public record Config(
            Channels channels,
            Projection keyQuery,
            Projection valueOut,
            boolean sharesKeyQuery,
            boolean scaled,
            boolean projectsOut,
            UnaryOperator<Tensor> keyPool) {}

    public SelfAttentionBlock(Config config) {
        this.config = config;
        Channels channels = config.channels;
        int inner = channels.inner;
        this.keyProject = child("key_project", config.keyQuery.build(channels.keyIn, inner));
        this.queryProject = config.sharesKeyQuery
                ? alias("query_project", keyProject)
                : child("query_project", config.keyQuery.build(channels.queryIn, inner));
        int valueOut = config.projectsOut ? inner : channels.out;
        this.valueProject = child("value_project", config.valueOut.build(channels.keyIn, valueOut));
        this.outProject = config.projectsOut
                ? Optional.of(child("out_project", config.valueOut.build(inner, channels.out)))
                : Optional.empty();
        outProject.filter(Conv2d.class::isInstance).map(Conv2d.class::cast).ifPresent(conv -> {
            conv.weight().init(Init.ZEROS);
            conv.bias().ifPresent(b -> b.init(Init.ZEROS));
        });
    }

    public final Tensor call(Tensor queries, Tensor keys) {
        return traced(queries, () -> forward(queries, keys));
    }

    private Tensor forward(Tensor queries, Tensor keys) {
        Tensor q = queryProject.call(queries).flatten(2).transpose(1, 2); // [N, L, inner]
        Tensor k = config.keyPool.apply(keyProject.call(keys)).flatten(2).transpose(1, 2); // [N, S, inner]
        Tensor v = config.keyPool.apply(valueProject.call(keys)).flatten(2).transpose(1, 2);
        Tensor seen = q.attend(k, v, config.scaled ? 1 / Math.sqrt(config.channels.inner) : 1);
        Tensor image = seen.transpose(1, 2).reshape(queries.dim(0), v.dim(2), queries.dim(2), queries.dim(3));
        return outProject.map(p -> p.call(image)).orElse(image);
    }
}
