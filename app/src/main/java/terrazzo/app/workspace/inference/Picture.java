package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.Optional;
import terrazzo.app.canvas.DiskTiles;
import terrazzo.app.canvas.RasterPyramid;
import terrazzo.app.canvas.TileSource;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.ImageLimits;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LargeImageFile;

/// An image made ready to be shown, off the UI thread: in memory, or, when it is large, in tiles on disk,
/// which are filled while it is shown already.
///
/// @param name shown to the user
/// @param file it was read from, empty for frames
/// @param pixels to paint from
/// @param tiles of a large image
record Picture(String name, Optional<Path> file, TileSource pixels, Optional<ImageTiles> tiles)
        implements AutoCloseable {

    /// 26,000 x 26,000: what an array can hold. The studio asks before nothing, for the user sees what is
    /// opened.
    static final ImageLimits LIMITS = new ImageLimits(676_000_000L, 2_000_000_000L);

    /// An image in memory.
    Picture(String name, Optional<Path> file, TileSource pixels) {
        this(name, file, pixels, Optional.empty());
    }

    /// Reads an image; of a large one only the size, [#fill] reads its pixels.
    ///
    /// @param scratch folder for the tiles of large images
    static Picture load(Path file, Path scratch) {
        return LargeImageFile.of(file)
                .map(large -> tiled(file, large.size(), scratch))
                .orElseGet(() ->
                        new Picture(name(file), Optional.of(file), RasterPyramid.of(ImageFile.load(file, LIMITS))));
    }

    /// An image in tiles that are still empty.
    static Picture tiled(Path file, Size size, Path scratch) {
        ImageTiles tiles = new ImageTiles(scratch, size);
        return new Picture(name(file), Optional.of(file), DiskTiles.of(tiles), Optional.of(tiles));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    static Picture of(String name, Raster raster) {
        return new Picture(name, Optional.empty(), RasterPyramid.of(raster));
    }

    Size size() {
        return pixels.size();
    }

    /// Whether all pixels are there; those of a large image have to be filled in.
    boolean isComplete() {
        return tiles().map(ImageTiles::isComplete).orElse(true);
    }

    /// The pixels, unless they are on disk.
    Optional<Raster> raster() {
        return pixels instanceof RasterPyramid pyramid ? Optional.of(pyramid.level(0)) : Optional.empty();
    }

    /// Reads the pixels of a large image into its tiles.
    ///
    /// @param more called after some more rows have come
    void fill(Progress progress, Cancellation cancellation, Runnable more) {
        new LargeImageFile(file.orElseThrow(), size()).read(tiles().orElseThrow(), progress, cancellation, more);
    }

    /// Lets the tiles go; whoever still reads them is cancelled.
    @Override
    public void close() {
        tiles().ifPresent(ImageTiles::close);
    }
}
