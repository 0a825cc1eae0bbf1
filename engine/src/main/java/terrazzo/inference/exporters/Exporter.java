package terrazzo.inference.exporters;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;

/// Writes what a model found in an image in a format of its own. Any thread, several at once.
public interface Exporter {

    /// What files of the format end in, without the dot, for example `csv`.
    String ending();

    /// Writes one file; the stream is the caller's to close.
    void write(Found found, OutputStream out) throws IOException;

    /// What a model found.
    ///
    /// @param image name of the file
    /// @param labels of the image's size; [LabelMap#IGNORE] where nothing was found
    /// @param classes names by index
    /// @param palette colours by index
    record Found(String image, LabelMap labels, List<String> classes, Palette palette) {
        public Found {
            classes = List.copyOf(classes);
        }
    }
}
