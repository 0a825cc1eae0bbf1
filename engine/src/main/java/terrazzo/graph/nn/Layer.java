package terrazzo.graph.nn;

import terrazzo.graph.Tensor;

/// A part that makes one tensor of one.
public abstract class Layer extends Module {

    protected Layer() {}

    /// Applies the layer under its own name.
    public final Tensor call(Tensor x) {
        return traced(x, () -> forward(x));
    }

    /// What the layer computes.
    protected abstract Tensor forward(Tensor x);
}
