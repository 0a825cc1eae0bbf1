package terrazzo.train.init;

import terrazzo.graph.Init;
import terrazzo.graph.nn.Module;

/// Gives weights and biases of layers the numbers to start with.
public interface Initializer {

    /// What a weight starts with.
    ///
    /// @param layer that has it
    Init weight(Module layer);

    /// What a bias starts with.
    double bias();

    /// Changes the start of a layer's `weight` and `bias`, where it has them.
    default void apply(Module layer) {
        layer.ownParameter("weight").ifPresent(p -> p.init(weight(layer)));
        layer.ownParameter("bias").ifPresent(p -> p.init(new Init.Constant(bias())));
    }
}
