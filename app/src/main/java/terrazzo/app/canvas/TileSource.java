package terrazzo.app.canvas;

import terrazzo.core.Size;
import terrazzo.data.tiles.Levels;

/// An image in levels, each half as wide and high as the one before (rounded up), read in square tiles.
public interface TileSource {

    /// Width and height of a tile in pixels; those at the right and lower edge are filled only as far as
    /// the image.
    int TILE = Levels.TILE;

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
        return Levels.at(size, level);
    }

    /// How many levels an image of this size has.
    static int levelsOf(Size size) {
        return Levels.of(size);
    }
}
