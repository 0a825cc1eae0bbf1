package terrazzo.metrics;

import terrazzo.plugin.Extension;

/// Adds metrics to what evaluators can name.
public interface MetricsExtension extends Extension<Metrics> {}
