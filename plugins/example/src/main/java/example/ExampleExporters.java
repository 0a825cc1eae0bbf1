package example;

import terrazzo.inference.exporters.Exporters;
import terrazzo.inference.exporters.ExportersExtension;

/// Adds a format that results can be written in.
public final class ExampleExporters implements ExportersExtension {

    @Override
    public Exporters extend(Exporters exporters) {
        return exporters.with("runs", new RunsExporter());
    }
}
