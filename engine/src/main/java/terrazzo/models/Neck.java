package terrazzo.models;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Module;

/// A network between a backbone and its heads.
public abstract class Neck extends Module {

    protected Neck() {}

    /// What comes out when `inputs` go in, in order.
    public abstract List<FeatureSpec> features(List<FeatureSpec> inputs);

    /// Channels of each level that goes in; empty where the neck takes any.
    protected List<Integer> inChannels() {
        return List.of();
    }

    /// Refuses levels that do not have the channels that the config says.
    ///
    /// @param node the neck's config, for messages
    /// @param levels what the backbone gives
    /// @param source who gives it, for messages
    public final void check(ConfigNode node, List<FeatureSpec> levels, String source) {
        List<Integer> expected = levels.stream().map(FeatureSpec::channels).toList();
        List<Integer> got = inChannels();
        if (!got.isEmpty() && !got.equals(expected)) {
            String key = node.keys().contains("embed_dim") ? "embed_dim" : "in_channels";
            throw node.error(key, expected + " (" + source + ")", got.toString(), "");
        }
    }

    public final List<Tensor> call(List<Tensor> levels) {
        return tracedAll(levels.getFirst(), () -> forward(levels));
    }

    protected abstract List<Tensor> forward(List<Tensor> levels);
}
