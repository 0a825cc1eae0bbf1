/// A network that learns: {@link terrazzo.train.model.InitialWeights} draws the numbers it starts with,
/// {@link terrazzo.train.model.TrainableModel} holds them in native memory and computes losses and gradients. What
/// moves
/// the weights is not here.
@NullMarked
package terrazzo.train.model;

import org.jspecify.annotations.NullMarked;
