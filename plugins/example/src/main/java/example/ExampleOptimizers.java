package example;

import terrazzo.train.optim.Optimizers;
import terrazzo.train.optim.OptimizersExtension;

/// Adds a way to move weights to what configs can name.
public final class ExampleOptimizers implements OptimizersExtension {

    @Override
    public Optimizers extend(Optimizers optimizers) {
        return optimizers.with("SignSGD", SignSGD::read);
    }
}
