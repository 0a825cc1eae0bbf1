package terrazzo.app.canvas;

import java.util.ArrayList;
import java.util.List;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;
import terrazzo.data.tiles.Levels;

/// A decoded image with its half-size levels, each pixel the rounded mean of the four above it. Building
/// takes about 5 ns per pixel and a third more memory than the image: build it off the UI thread.
public final class RasterPyramid implements TileSource {

    private final List<Raster> levels;

    private RasterPyramid(List<Raster> levels) {
        this.levels = List.copyOf(levels);
    }

    public static RasterPyramid of(Raster image) {
        List<Raster> levels = new ArrayList<>();
        levels.add(image);
        for (int k = 1; k < TileSource.levelsOf(image.size()); k++) {
            levels.add(halve(levels.getLast()));
        }
        return new RasterPyramid(levels);
    }

    /// The image at a level; 0 is the image itself.
    public Raster level(int k) {
        return levels.get(k);
    }

    @Override
    public Size size() {
        return levels.getFirst().size();
    }

    @Override
    public int levels() {
        return levels.size();
    }

    @Override
    public boolean isResident() {
        return true;
    }

    @Override
    public void read(int level, int tileX, int tileY, int[] into) {
        Raster image = levels.get(level);
        byte[] bgr = image.asBgr();
        int width = Math.min(TILE, image.width() - tileX * TILE);
        int height = Math.min(TILE, image.height() - tileY * TILE);
        for (int y = 0; y < height; y++) {
            int from = ((tileY * TILE + y) * image.width() + tileX * TILE) * 3;
            int to = y * TILE;
            for (int x = 0; x < width; x++, from += 3) {
                into[to + x] =
                        0xFF000000 | (bgr[from + 2] & 0xFF) << 16 | (bgr[from + 1] & 0xFF) << 8 | (bgr[from] & 0xFF);
            }
        }
    }

    private static Raster halve(Raster image) {
        Size half = TileSource.at(image.size(), 1);
        byte[] from = image.asBgr();
        byte[] to = new byte[Math.toIntExact(half.area() * 3)];
        int lastX = image.width() - 1;
        int lastY = image.height() - 1;
        for (int y = 0; y < half.height(); y++) {
            int upper = 2 * y * image.width() * 3;
            int lower = Math.min(2 * y + 1, lastY) * image.width() * 3;
            int at = y * half.width() * 3;
            for (int x = 0; x < half.width(); x++) {
                int left = 2 * x * 3;
                int right = Math.min(2 * x + 1, lastX) * 3;
                for (int c = 0; c < 3; c++) {
                    to[at++] = Levels.mean(
                            from[upper + left + c],
                            from[upper + right + c],
                            from[lower + left + c],
                            from[lower + right + c]);
                }
            }
        }
        return new Raster(half, to);
    }
}
