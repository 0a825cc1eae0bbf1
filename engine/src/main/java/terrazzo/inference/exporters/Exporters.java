package terrazzo.inference.exporters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import terrazzo.core.AtomicFile;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ExportException;
import terrazzo.core.error.Nearest;
import terrazzo.plugin.Plugins;

/// The catalogue of exporters by the name that `--export` takes. Immutable; plugins add theirs with [#with].
public final class Exporters {

    private final Map<String, Exporter> exporterByName;

    private Exporters(Map<String, Exporter> exporterByName) {
        this.exporterByName = exporterByName;
    }

    /// What comes with the engine.
    public static Exporters builtIn() {
        Map<String, Exporter> m = new LinkedHashMap<>();
        m.put("shares", new ShareTable());
        return new Exporters(m);
    }

    /// What comes with the engine, and what the plugins add.
    public static Exporters of(Plugins plugins) {
        return plugins.extend(
                ExportersExtension.class,
                builtIn(),
                e -> e.names().stream().map(name -> "exporter " + name).collect(Collectors.toUnmodifiableSet()));
    }

    /// This catalogue with one more; a name that is there already is replaced.
    public Exporters with(String name, Exporter exporter) {
        Map<String, Exporter> more = new LinkedHashMap<>(exporterByName);
        more.put(name, exporter);
        return new Exporters(more);
    }

    /// In the order they were added.
    public Set<String> names() {
        return new LinkedHashSet<>(exporterByName.keySet());
    }

    /// The exporter of a name.
    ///
    /// @throws ExportException when there is none
    public Exporter get(String name) {
        Exporter found = exporterByName.get(name);
        if (found == null) {
            throw new ExportException(Complaint.at("--export")
                    .expected("one of " + String.join(", ", names()))
                    .got("'" + name + "'")
                    .advice(Nearest.suggestion(name, exporterByName.keySet())));
        }
        return found;
    }

    /// Writes a file whole or not at all.
    ///
    /// @throws ExportException when it can't be written
    public static void save(Exporter exporter, Exporter.Found found, Path file) {
        write(file, out -> exporter.write(found, out));
    }

    /// Writes a file of what was found in an image too large for memory, whole or not at all.
    ///
    /// @throws ExportException when it can't be written, or the format needs the label map as a whole
    public static void save(Exporter exporter, StripExporter.Strips found, Path file) {
        StripExporter byStrips = byStrips(exporter, file, found.labels().size());
        write(file, out -> byStrips.write(found, out));
    }

    /// The exporter as one that can write what was found in an image too large for memory.
    ///
    /// @param file it would write
    /// @param size of the image
    /// @throws ExportException when the format needs the label map as a whole
    public static StripExporter byStrips(Exporter exporter, Path file, Size size) {
        if (exporter instanceof StripExporter able) {
            return able;
        }
        throw new ExportException(Complaint.at(file.toString())
                .expected("an image that fits into memory, as this format needs it")
                .got(size.width() + "x" + size.height() + " pixels")
                .advice("save the label map as PNG instead, or give Java more memory"));
    }

    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    private static void write(Path file, Content content) {
        try {
            AtomicFile.write(file, content::to);
        } catch (IOException e) {
            throw new ExportException(
                    Complaint.at(file.toString()).expected("a writable file").got(String.valueOf(e.getMessage())), e);
        }
    }
}
