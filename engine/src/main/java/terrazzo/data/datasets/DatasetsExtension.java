package terrazzo.data.datasets;

import terrazzo.plugin.Extension;

/// Adds data sets to what configs can name.
public interface DatasetsExtension extends Extension<Datasets> {}
