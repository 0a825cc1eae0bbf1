package terrazzo.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;

/// A head that refines what another head predicted.
public abstract class CascadeDecodeHead extends DecodeHead {

    protected CascadeDecodeHead(Config config) {
        super(config);
    }

    protected CascadeDecodeHead(Config config, boolean classifies) {
        super(config, classifies);
    }

    /// Tells the head what the model's `train_cfg` and `test_cfg` say. Most heads need neither.
    public void configure(Optional<ConfigNode> train, Optional<ConfigNode> test) {}

    /// Logits at the head's own stride.
    ///
    /// @param previous logits of the head before
    public final Tensor call(List<Tensor> levels, Tensor previous) {
        return traced(previous, () -> forward(levels, previous));
    }

    protected abstract Tensor forward(List<Tensor> levels, Tensor previous);

    @Override
    protected final Tensor forward(List<Tensor> levels) {
        throw new IllegalStateException("a cascade head needs the logits of the head before it");
    }

    /// Logits resized to `h` by `w`.
    public Tensor predict(List<Tensor> levels, Tensor previous, Dim h, Dim w) {
        return resized(call(levels, previous), h, w);
    }

    /// Losses and accuracy by name.
    public Map<String, Tensor> loss(List<Tensor> levels, Tensor previous, Tensor label) {
        return lossByFeat(call(levels, previous), label);
    }
}
