package terrazzo.data.tiles;

import java.nio.file.Path;
import java.util.Optional;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.data.images.ImageRows;

/// An image file whose pixels are too many for memory; they are read into tiles.
///
/// @param file an image
/// @param size of its rows as they are read
public record LargeImageFile(Path file, Size size) {

    /// Larger images go to disk: 8192 x 8192, 268 MB with levels.
    private static final long LARGEST_IN_MEMORY = 1L << 26;

    /// Of Java's memory, one image may take this part.
    private static final int MEMORY_SHARE = 8;

    private static final int BYTES_PER_PIXEL = 3;

    /// How many parts progress is told in.
    private static final int STEPS = 64;

    /// The file, when its header tells of an image too large for memory.
    public static Optional<LargeImageFile> of(Path file) {
        long share = Runtime.getRuntime().maxMemory() / MEMORY_SHARE / BYTES_PER_PIXEL;
        long inMemory = Math.min(LARGEST_IN_MEMORY, share);
        return ImageRows.size(file)
                .filter(size -> size.area() > inMemory)
                .map(size -> new LargeImageFile(file, ImageRows.turned(file, size)));
    }

    /// Reads the pixels into tiles of the same size.
    ///
    /// @param progress hears of rows
    /// @param more called after some more rows have come
    /// @throws terrazzo.core.error.MediaException when the file is truncated or damaged
    /// @throws java.util.concurrent.CancellationException when asked to stop
    public void read(ImageTiles tiles, Progress progress, Cancellation cancellation, Runnable more) {
        int step = Math.max(1, size.height() / STEPS);
        ImageRows.read(
                file,
                _ -> (y, bgr) -> {
                    tiles.append(bgr);
                    if ((y + 1) % step == 0 || y + 1 == size.height()) {
                        progress.at(y + 1L, size.height(), String.valueOf(file.getFileName()));
                        more.run();
                    }
                },
                cancellation);
    }
}
