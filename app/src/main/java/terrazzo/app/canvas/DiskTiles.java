package terrazzo.app.canvas;

import terrazzo.core.Size;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;

/// An image or a label map too large for memory, read from its tiles on disk.
///
/// @param size at level 0
/// @param levels how many there are
/// @param reader reads tiles off the UI thread
public record DiskTiles(Size size, int levels, Reader reader) implements TileSource {

    /// Fills the pixels of a tile.
    @FunctionalInterface
    public interface Reader {
        void read(int level, int tileX, int tileY, int[] into);
    }

    /// Labels and confidence, packed as [LabelTiles#read] does.
    public static DiskTiles of(LabelTiles tiles) {
        return new DiskTiles(tiles.size(), tiles.levels(), tiles::read);
    }

    /// Opaque pixels.
    public static DiskTiles of(ImageTiles tiles) {
        return new DiskTiles(tiles.size(), tiles.levels(), (level, tileX, tileY, into) -> {
            byte[] bgr = new byte[TILE * TILE * 3];
            tiles.read(level, tileX, tileY, bgr);
            for (int i = 0, at = 0; i < TILE * TILE; i++, at += 3) {
                into[i] = 0xFF000000 | (bgr[at + 2] & 0xFF) << 16 | (bgr[at + 1] & 0xFF) << 8 | (bgr[at] & 0xFF);
            }
        });
    }

    @Override
    public boolean isResident() {
        return false;
    }

    @Override
    public void read(int level, int tileX, int tileY, int[] into) {
        reader.read(level, tileX, tileY, into);
    }
}
