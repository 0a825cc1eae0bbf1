package terrazzo.data.tiles;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;

/// An image in a scratch file, with half-size levels of which each pixel is the rounded mean of the four
/// above it. Filled once from the top, by one thread; what is there can be read meanwhile from any thread,
/// the rest is grey. In memory is one row of tiles per level: 30 MB at 20000 columns.
public final class ImageTiles implements AutoCloseable {

    private static final int CHANNELS = 3;
    private static final int T = Levels.TILE;
    private static final byte NOT_YET = (byte) 0x80;

    private final Size size;
    private final TileFile file;
    private final List<OpenRow> open = new ArrayList<>();
    private int rows;

    /// The row of tiles at a level that is being filled.
    private static final class OpenRow {
        private final Size size;
        private final byte[] pixels;
        private int rows; // of the level, that are there

        OpenRow(Size size) {
            this.size = size;
            this.pixels = new byte[Math.multiplyExact(T * CHANNELS, size.width())];
        }

        int tileY() {
            return rows == 0 ? 0 : (rows - 1) / T;
        }

        int offset(int row) {
            return row % T * size.width() * CHANNELS;
        }
    }

    /// @param folder for the scratch file
    /// @throws terrazzo.core.error.MediaException when there is no room for it
    public ImageTiles(Path folder, Size size) {
        this.size = size;
        this.file = TileFile.create(folder, size, CHANNELS);
        for (int k = 0; k < file.levels(); k++) {
            open.add(new OpenRow(Levels.at(size, k)));
        }
    }

    public Size size() {
        return size;
    }

    public int levels() {
        return file.levels();
    }

    /// How many rows of the image are there.
    public synchronized int rows() {
        return rows;
    }

    public boolean isComplete() {
        return rows() == size.height();
    }

    /// Appends the next row.
    ///
    /// @param bgr `width * 3` bytes, blue first; may be used again
    public synchronized void append(byte[] bgr) {
        append(0, bgr, 0);
        rows++;
    }

    private void append(int level, byte[] from, int offset) {
        OpenRow row = open.get(level);
        int y = row.rows;
        System.arraycopy(from, offset, row.pixels, row.offset(y), row.size.width() * CHANNELS);
        row.rows++;
        boolean isLast = row.rows == row.size.height();
        if (level + 1 < open.size() && (y % 2 == 1 || isLast)) {
            append(level + 1, halve(row, y - y % 2, y), 0);
        }
        if (row.rows % T == 0 || isLast) {
            flush(level, row);
        }
    }

    private static byte[] halve(OpenRow row, int upperY, int lowerY) {
        int half = (row.size.width() + 1) / 2;
        byte[] to = new byte[half * CHANNELS];
        int upper = row.offset(upperY);
        int lower = row.offset(lowerY);
        int last = row.size.width() - 1;
        for (int x = 0, at = 0; x < half; x++) {
            int left = 2 * x * CHANNELS;
            int right = Math.min(2 * x + 1, last) * CHANNELS;
            for (int c = 0; c < CHANNELS; c++) {
                to[at++] = Levels.mean(
                        row.pixels[upper + left + c],
                        row.pixels[upper + right + c],
                        row.pixels[lower + left + c],
                        row.pixels[lower + right + c]);
            }
        }
        return to;
    }

    private void flush(int level, OpenRow row) {
        byte[] tile = new byte[Levels.TILE_AREA * CHANNELS];
        int tileY = row.tileY();
        for (int tileX = 0; tileX < Levels.tiles(row.size.width()); tileX++) {
            copy(row, tileX, tile);
            file.write(level, tileX, tileY, tile);
        }
    }

    private static void copy(OpenRow row, int tileX, byte[] tile) {
        int width = Math.min(T, row.size.width() - tileX * T);
        int height = row.rows - row.tileY() * T;
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    row.pixels,
                    (y * row.size.width() + tileX * T) * CHANNELS,
                    tile,
                    y * T * CHANNELS,
                    width * CHANNELS);
        }
    }

    /// Reads a tile, [Levels#TILE] pixels of three bytes per row; those at the right and lower edge are
    /// filled only as far as the image.
    ///
    /// @param bgr `TILE * TILE * 3` bytes
    /// @throws java.util.concurrent.CancellationException when the tiles were closed
    public void read(int level, int tileX, int tileY, byte[] bgr) {
        synchronized (this) {
            OpenRow row = open.get(level);
            if (row.rows < row.size.height() && tileY >= row.rows / T) {
                Arrays.fill(bgr, NOT_YET);
                if (tileY == row.rows / T && row.rows % T > 0) {
                    copy(row, tileX, bgr);
                }
                return;
            }
        }
        file.read(level, tileX, tileY, bgr);
    }

    /// A part of the image at its own size.
    ///
    /// @throws IllegalArgumentException when the part is not within the image
    public Raster region(int x, int y, Size part) {
        if (x < 0 || y < 0 || x + part.width() > size.width() || y + part.height() > size.height()) {
            throw new IllegalArgumentException("expected a part of " + size + ", got " + part + " at " + x + ", " + y);
        }
        byte[] bgr = new byte[Math.toIntExact(part.area() * CHANNELS)];
        byte[] tile = new byte[Levels.TILE_AREA * CHANNELS];
        int endX = x + part.width();
        int endY = y + part.height();
        for (int tileY = y / T; tileY * T < endY; tileY++) {
            for (int tileX = x / T; tileX * T < endX; tileX++) {
                read(0, tileX, tileY, tile);
                int fromX = Math.max(x, tileX * T);
                int toX = Math.min(endX, (tileX + 1) * T);
                for (int row = Math.max(y, tileY * T); row < Math.min(endY, (tileY + 1) * T); row++) {
                    System.arraycopy(
                            tile,
                            (row % T * T + fromX % T) * CHANNELS,
                            bgr,
                            ((row - y) * part.width() + fromX - x) * CHANNELS,
                            (toX - fromX) * CHANNELS);
                }
            }
        }
        return new Raster(part, bgr);
    }

    @Override
    public void close() {
        file.close();
    }
}
