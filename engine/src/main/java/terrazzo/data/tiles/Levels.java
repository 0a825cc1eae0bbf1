package terrazzo.data.tiles;

import terrazzo.core.Size;

/// How an image is cut: square tiles, and levels of which each is half as wide and high as the one before,
/// rounded up, until one tile holds all.
public final class Levels {

    /// Width and height of a tile in pixels.
    public static final int TILE = 256;

    /// Pixels of a tile.
    public static final int TILE_AREA = TILE * TILE;

    private Levels() {}

    /// The size at a level.
    public static Size at(Size size, int level) {
        int round = (1 << level) - 1;
        return new Size((size.height() + round) >> level, (size.width() + round) >> level);
    }

    /// How many levels an image of this size has, at least 1.
    public static int of(Size size) {
        int levels = 1;
        for (Size s = size; s.width() > TILE || s.height() > TILE; s = at(s, 1)) {
            levels++;
        }
        return levels;
    }

    /// How many tiles cover `length` pixels.
    static int tiles(int length) {
        return (length + TILE - 1) / TILE;
    }

    /// The label that most of four pixels hold; a pair among the last three wins over a lone first.
    public static byte most(byte a, byte b, byte c, byte d) {
        if (a == b || a == c || a == d) {
            return a;
        }
        return b == c || b == d ? b : c == d ? c : a;
    }

    /// The mean of four unsigned bytes, rounded.
    public static byte mean(byte a, byte b, byte c, byte d) {
        return (byte) (((a & 0xFF) + (b & 0xFF) + (c & 0xFF) + (d & 0xFF) + 2) >> 2);
    }
}
