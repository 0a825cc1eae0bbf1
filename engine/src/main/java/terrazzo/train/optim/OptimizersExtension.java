package terrazzo.train.optim;

import terrazzo.plugin.Extension;

/// Adds optimizers to what configs can name.
public interface OptimizersExtension extends Extension<Optimizers> {}
