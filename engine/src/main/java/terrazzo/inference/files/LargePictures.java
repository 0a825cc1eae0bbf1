package terrazzo.inference.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import terrazzo.core.AtomicFile;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.data.images.PngRows;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.data.tiles.Levels;
import terrazzo.inference.overlay.Overlay;

/// Writes what was found in images too large for memory as PNG, strip by strip. A file is there whole or not at all.
///
/// @param palette colours of the classes
/// @param seen what of some rows is written
public record LargePictures(Palette palette, Function<LabelTiles.Rows, LabelMap> seen) {

    /// Refuses names of files that can't be written strip by strip.
    ///
    /// @throws MediaException when the name doesn't end in `.png`
    public static void requirePng(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new MediaException(Complaint.at(file.toString())
                    .expected("a name with .png for an image too large for memory")
                    .got("'" + file.getFileName() + "'"));
        }
    }

    /// The image with the colours over it, each pixel in its place.
    ///
    /// @param opacity of the colours, 0 to 1
    /// @throws MediaException when the name doesn't end in `.png` or the file can't be written
    public void saveOverlay(ImageTiles image, LabelTiles labels, double opacity, Path file) {
        requirePng(file);
        Overlay painter = Overlay.of(palette, opacity);
        Size size = image.size();
        write(file, out -> PngRows.colour(out, size), size, (rows, y, count) -> {
            byte[] bgr = image.region(0, y, new Size(count, size.width())).asBgr();
            painter.drawOnto(bgr, seen.apply(labels.rows(y, count)));
            for (int row = 0; row < count; row++) {
                rows.row(bgr, row * size.width() * 3);
            }
        });
    }

    /// Class indices as a palette PNG.
    ///
    /// @throws MediaException when the file can't be written
    public void saveMask(LabelTiles labels, Path file) {
        Size size = labels.size();
        write(file, out -> PngRows.labels(out, size, palette), size, (rows, y, count) -> {
            byte[] indices = seen.apply(labels.rows(y, count)).asBytes();
            for (int row = 0; row < count; row++) {
                rows.row(indices, row * size.width());
            }
        });
    }

    /// The label map in strips from the top.
    public Iterable<LabelMap> strips(LabelTiles labels) {
        int height = labels.size().height();
        return () -> strip(height, labels);
    }

    private Iterator<LabelMap> strip(int height, LabelTiles labels) {
        return IntStream.iterate(0, y -> y < height, y -> y + Levels.TILE)
                .mapToObj(y -> seen.apply(labels.rows(y, Math.min(Levels.TILE, height - y))))
                .iterator();
    }

    private interface Opening {
        PngRows on(OutputStream out) throws IOException;
    }

    private interface Strip {
        void write(PngRows rows, int y, int count) throws IOException;
    }

    private static void write(Path file, Opening opening, Size size, Strip strip) {
        try {
            AtomicFile.write(file, out -> {
                try (PngRows rows = opening.on(out)) {
                    for (int y = 0; y < size.height(); y += Levels.TILE) {
                        strip.write(rows, y, Math.min(Levels.TILE, size.height() - y));
                    }
                }
            });
        } catch (IOException e) {
            throw new MediaException(
                    Complaint.at(file.toString()).expected("a writable file").got(String.valueOf(e.getMessage())), e);
        }
    }
}
