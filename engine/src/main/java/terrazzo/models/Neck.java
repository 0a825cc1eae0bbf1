package terrazzo.models;

import java.util.List;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Module;

/// A network between a backbone and its heads.
public abstract class Neck extends Module {

    protected Neck() {}

    /// What comes out when `inputs` go in, in order.
    public abstract List<FeatureSpec> features(List<FeatureSpec> inputs);

    public final List<Tensor> call(List<Tensor> levels) {
        return tracedAll(levels.getFirst(), () -> forward(levels));
    }

    protected abstract List<Tensor> forward(List<Tensor> levels);
}
