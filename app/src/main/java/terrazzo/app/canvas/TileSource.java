package terrazzo.app.canvas;

import terrazzo.core.Size;

/// An image in levels, each half as wide and high as the one before (rounded up), read in square tiles.
public interface TileSource {

    /// Width and height of a tile in pixels; those at the right and lower edge are filled only as far as the image.
    int TILE = 256;

    /// The size at level 0.
    Size size();

    /// How many levels there are, at least 1; the last one fits in one tile.
    int levels();

    /// Whether [#read] only copies memory, so that it may be called on the UI thread.
    boolean isResident();

    /// Reads one tile as opaque `0xFFRRGGBB`, [#TILE] pixels per row.
    void read(int level, int tileX, int tileY, int[] into);

    /// The size at a level.
    static Size at(Size size, int level) {
        int round = (1 << level) - 1;
        return new Size((size.height() + round) >> level, (size.width() + round) >> level);
    }

    /// How many levels an image of this size has.
    static int levelsOf(Size size) {
        int levels = 1;
        for (Size s = size; s.width() > TILE || s.height() > TILE; s = at(s, 1)) {
            levels++;
        }
        return levels;
    }
}
