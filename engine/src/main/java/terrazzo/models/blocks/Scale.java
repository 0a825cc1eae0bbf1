package terrazzo.models.blocks;

import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;

/// A learned factor.
public final class Scale extends Layer {

    private final Parameter scale;

    /// @param start the factor to start with
    public Scale(double start) {
        this.scale = parameter("scale", new Init.Constant(start));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return x.mul(x.trace().weight(scale));
    }
}
