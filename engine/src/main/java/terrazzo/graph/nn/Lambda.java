package terrazzo.graph.nn;

import java.util.function.UnaryOperator;
import terrazzo.graph.Tensor;

/// A layer without parameters, such as an activation, a pooling or nothing at all.
public final class Lambda extends Layer {

    private final UnaryOperator<Tensor> function;

    public Lambda(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    /// A layer that changes nothing.
    public static Lambda identity() {
        return new Lambda(x -> x);
    }

    @Override
    protected Tensor forward(Tensor x) {
        return function.apply(x);
    }
}
