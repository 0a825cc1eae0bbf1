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
import terrazzo.data.images.ImageRows;
import terrazzo.data.tiles.ImageTiles;

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

    /// Larger images go to disk: 8192 x 8192, 268 MB with levels.
    private static final long LARGEST_IN_MEMORY = 1L << 26;

    /// Of Java's memory, one image may take this part.
    private static final int MEMORY_SHARE = 8;

    /// An image in memory.
    Picture(String name, Optional<Path> file, TileSource pixels) {
        this(name, file, pixels, Optional.empty());
    }

    /// Reads an image; of a large one only the size, [#fill] reads its pixels.
    ///
    /// @param scratch folder for the tiles of large images
    static Picture load(Path file, Path scratch) {
        return largeSize(file)
                .map(size -> tiled(file, size, scratch))
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

    /// The size of an image that is too large for memory.
    static Optional<Size> largeSize(Path file) {
        long inMemory = Math.min(LARGEST_IN_MEMORY, Runtime.getRuntime().maxMemory() / MEMORY_SHARE / 3);
        return ImageRows.size(file).filter(size -> size.area() > inMemory).map(size -> ImageRows.turned(file, size));
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
        ImageTiles tiles = tiles().orElseThrow();
        Path from = file.orElseThrow();
        int step = Math.max(1, size().height() / 64);
        ImageRows.read(
                from,
                _ -> (y, bgr) -> {
                    tiles.append(bgr);
                    if ((y + 1) % step == 0 || y + 1 == size().height()) {
                        progress.at(y + 1L, size().height(), name);
                        more.run();
                    }
                },
                cancellation);
    }

    /// Lets the tiles go; whoever still reads them is cancelled.
    @Override
    public void close() {
        tiles().ifPresent(ImageTiles::close);
    }
}
