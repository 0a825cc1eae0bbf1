package terrazzo.data.transforms;

import terrazzo.plugin.Extension;

/// Adds steps to what pipelines can name.
public interface TransformsExtension extends Extension<Transforms> {}
