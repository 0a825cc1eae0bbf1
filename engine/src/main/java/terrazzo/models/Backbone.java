package terrazzo.models;

import java.util.List;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Module;

/// A network that turns an image into features.
///
/// - in: `[N, C, H, W]` float32, normalised
/// - out: one tensor per [#features()] entry
public abstract class Backbone extends Module {

    protected Backbone() {}

    /// What comes out, in order.
    public abstract List<FeatureSpec> features();

    public final List<Tensor> call(Tensor img) {
        return tracedAll(img, () -> forward(img));
    }

    protected abstract List<Tensor> forward(Tensor img);
}
