package terrazzo.inference.exporters;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;

/// An exporter that needs only a part of the label map at a time, so that it can write what was found in images too
/// large for memory.
public interface StripExporter extends Exporter {

    /// Writes one file; the stream is the caller's to close.
    void write(Strips found, OutputStream out) throws IOException;

    @Override
    default void write(Found found, OutputStream out) throws IOException {
        write(
                new Strips(
                        found.image(),
                        new Labels(found.labels().size(), List.of(found.labels())),
                        found.classes(),
                        found.palette()),
                out);
    }

    /// What a model found.
    ///
    /// @param image name of the file
    /// @param labels of the image's size; [LabelMap#IGNORE] where nothing was found
    /// @param classes names by index
    /// @param palette colours by index
    record Strips(String image, Labels labels, List<String> classes, Palette palette) {
        public Strips {
            classes = List.copyOf(classes);
        }
    }

    /// A label map in strips.
    ///
    /// @param size of the whole
    /// @param strips full rows from the top to the bottom; can be gone through more than once
    record Labels(Size size, Iterable<LabelMap> strips) {}
}
