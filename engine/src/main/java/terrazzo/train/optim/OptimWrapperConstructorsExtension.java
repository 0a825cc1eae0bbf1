package terrazzo.train.optim;

import terrazzo.plugin.Extension;

/// Adds ways to sort weights into groups to what configs can name.
public interface OptimWrapperConstructorsExtension extends Extension<OptimWrapperConstructors> {}
