package terrazzo.models;

import java.util.List;
import java.util.Optional;
import terrazzo.core.Size;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.BatchNorm;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.Module;

/// A network that turns an image into features.
///
/// - in: `[N, C, H, W]` float32, normalised
/// - out: one tensor per [#features()] entry
public abstract class Backbone extends Module {

    protected Backbone() {}

    /// What comes out, in order.
    public abstract List<FeatureSpec> features();

    /// The only size of an image that the network takes; empty where it takes any.
    public Optional<Size> inputSize() {
        return Optional.empty();
    }

    /// What the sides of an image must be multiples of; 1 where any will do.
    public int sizeDivisor() {
        return 1;
    }

    public final List<Tensor> call(Tensor img) {
        return tracedAll(img, () -> forward(img));
    }

    protected abstract List<Tensor> forward(Tensor img);

    /// Starts all convolutions with Kaiming's normal initialisation over the fan out and biases of 0, as the
    /// reference's
    /// convolutional backbones do when no checkpoint is loaded.
    protected final void startConvolutions() {
        modules().filter(Conv2d.class::isInstance).map(Conv2d.class::cast).forEach(conv -> {
            conv.weight().init(Init.kaimingNormalFanOut(conv.weight().shape()));
            conv.bias().ifPresent(b -> b.init(Init.ZEROS));
        });
    }

    /// Lets batch norms keep their statistics while the rest trains (`norm_eval`).
    protected final void keepStatistics() {
        modules().filter(BatchNorm.class::isInstance).forEach(Module::evalOnly);
    }
}
