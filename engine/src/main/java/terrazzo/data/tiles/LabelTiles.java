package terrazzo.data.tiles;

import java.nio.file.Path;
import java.util.Arrays;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;

/// A label map in a scratch file, with the confidence of each pixel and half-size levels: a label of a
/// coarser level is the one that most of its four hold, a confidence their mean. Written region by region;
/// what was not written yet is [LabelMap#IGNORE] with confidence 0. One thread writes, any number read.
public final class LabelTiles implements AutoCloseable {

    private static final int T = Levels.TILE;
    private static final int AREA = Levels.TILE_AREA;
    private static final int PLANES = 2;

    private final Size size;
    private final TileFile file;

    /// @param folder for the scratch file
    /// @throws terrazzo.core.error.MediaException when there is no room for it
    public LabelTiles(Path folder, Size size) {
        this.size = size;
        this.file = TileFile.create(folder, size, PLANES);
    }

    public Size size() {
        return size;
    }

    public int levels() {
        return file.levels();
    }

    /// Writes a part of the map and brings the coarser levels up to date.
    ///
    /// @param x left edge of the part
    /// @param y upper edge of the part
    /// @param confidence of the labels, in 1/255; same size
    public void write(int x, int y, LabelMap labels, LabelMap confidence) {
        int endX = x + labels.width();
        int endY = y + labels.height();
        if (x < 0 || y < 0 || endX > size.width() || endY > size.height()) {
            throw new IllegalArgumentException(
                    "expected a part of " + size + ", got " + labels.size() + " at " + x + ", " + y);
        }
        byte[] tile = new byte[AREA * PLANES];
        for (int tileY = y / T; tileY * T < endY; tileY++) {
            for (int tileX = x / T; tileX * T < endX; tileX++) {
                file.read(0, tileX, tileY, tile);
                int fromX = Math.max(x, tileX * T);
                int width = Math.min(endX, (tileX + 1) * T) - fromX;
                for (int row = Math.max(y, tileY * T); row < Math.min(endY, (tileY + 1) * T); row++) {
                    int from = (row - y) * labels.width() + fromX - x;
                    int to = row % T * T + fromX % T;
                    // Stored inverted, so that bytes never written, which read as 0, mean 255.
                    invert(labels.asBytes(), from, tile, to, width);
                    System.arraycopy(confidence.asBytes(), from, tile, AREA + to, width);
                }
                file.write(0, tileX, tileY, tile);
            }
        }
        coarsen(x / T, y / T, (endX - 1) / T, (endY - 1) / T);
    }

    private static void invert(byte[] from, int at, byte[] to, int target, int count) {
        for (int i = 0; i < count; i++) {
            to[target + i] = (byte) ~from[at + i];
        }
    }

    /// Makes the coarser tiles over tiles `x0` to `x1` and `y0` to `y1` of level 0 anew.
    private void coarsen(int x0, int y0, int x1, int y1) {
        byte[] child = new byte[AREA * PLANES];
        byte[] parent = new byte[AREA * PLANES];
        for (int k = 1; k < levels(); k++) {
            Size below = Levels.at(size, k - 1);
            for (int tileY = y0 >> k; tileY <= y1 >> k; tileY++) {
                for (int tileX = x0 >> k; tileX <= x1 >> k; tileX++) {
                    Arrays.fill(parent, (byte) 0);
                    for (int quarter = 0; quarter < 4; quarter++) {
                        int childX = 2 * tileX + quarter % 2;
                        int childY = 2 * tileY + quarter / 2;
                        Size part = new Size(
                                Math.clamp(below.height() - (long) childY * T, 0, T),
                                Math.clamp(below.width() - (long) childX * T, 0, T));
                        if (part.area() > 0) {
                            file.read(k - 1, childX, childY, child);
                            halve(child, part, parent, quarter / 2 * (AREA / 2) + quarter % 2 * (T / 2));
                        }
                    }
                    file.write(k, tileX, tileY, parent);
                }
            }
        }
    }

    private static void halve(byte[] from, Size part, byte[] to, int at) {
        for (int y = 0; y < (part.height() + 1) / 2; y++) {
            int upper = 2 * y * T;
            int lower = Math.min(2 * y + 1, part.height() - 1) * T;
            for (int x = 0; x < (part.width() + 1) / 2; x++) {
                int left = 2 * x;
                int right = Math.min(2 * x + 1, part.width() - 1);
                int target = at + y * T + x;
                to[target] =
                        Levels.most(from[upper + left], from[upper + right], from[lower + left], from[lower + right]);
                int s = AREA;
                to[s + target] = Levels.mean(
                        from[s + upper + left],
                        from[s + upper + right],
                        from[s + lower + left],
                        from[s + lower + right]);
            }
        }
    }

    /// Reads a tile: labels in bits 0 to 7, confidence in bits 8 to 15; [Levels#TILE] pixels per row.
    ///
    /// @param into `TILE * TILE` numbers
    /// @throws java.util.concurrent.CancellationException when the tiles were closed
    public void read(int level, int tileX, int tileY, int[] into) {
        byte[] tile = new byte[AREA * PLANES];
        file.read(level, tileX, tileY, tile);
        for (int i = 0; i < AREA; i++) {
            into[i] = (~tile[i] & 0xFF) | (tile[AREA + i] & 0xFF) << 8;
        }
    }

    /// Some full rows of the map, for writing files.
    ///
    /// @param y first row
    /// @param count of rows
    /// @return labels and confidence
    public Rows rows(int y, int count) {
        byte[] labels = new byte[Math.multiplyExact(count, size.width())];
        byte[] confidence = new byte[labels.length];
        byte[] tile = new byte[AREA * PLANES];
        for (int tileY = y / T; tileY * T < y + count; tileY++) {
            for (int tileX = 0; tileX < Levels.tiles(size.width()); tileX++) {
                file.read(0, tileX, tileY, tile);
                int width = Math.min(T, size.width() - tileX * T);
                for (int row = Math.max(y, tileY * T); row < Math.min(y + count, (tileY + 1) * T); row++) {
                    int to = (row - y) * size.width() + tileX * T;
                    invert(tile, row % T * T, labels, to, width);
                    System.arraycopy(tile, AREA + row % T * T, confidence, to, width);
                }
            }
        }
        Size part = new Size(count, size.width());
        return new Rows(new LabelMap(part, labels), new LabelMap(part, confidence));
    }

    /// @param labels class of each pixel
    /// @param confidence probability of that class in 1/255
    public record Rows(LabelMap labels, LabelMap confidence) {}

    @Override
    public void close() {
        file.close();
    }
}
