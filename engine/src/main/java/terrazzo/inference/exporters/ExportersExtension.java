package terrazzo.inference.exporters;

import terrazzo.plugin.Extension;

/// Adds formats to what results can be written in.
public interface ExportersExtension extends Extension<Exporters> {}
