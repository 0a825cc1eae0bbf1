/// Optimizers: {@link terrazzo.train.optim.OptimWrapperConstructors} sorts a model's weights into
/// {@link terrazzo.train.optim.ParamGroup}s, and {@link terrazzo.train.optim.Optimizers} opens the
/// {@link terrazzo.train.optim.Optimizer} that a config names, which moves them in native memory. State dicts have
/// PyTorch's layout. What changes the settings while training lies in `train.schedule`.
@NullMarked
package terrazzo.train.optim;

import org.jspecify.annotations.NullMarked;
