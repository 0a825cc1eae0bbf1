package terrazzo.app.canvas;

import terrazzo.core.Size;
import terrazzo.data.tiles.ImageTiles;

/// An image too large for memory, read from its tiles on disk.
///
/// @param tiles may still be filled; what is missing is grey
public record TiledImage(ImageTiles tiles) implements TileSource {

    @Override
    public Size size() {
        return tiles.size();
    }

    @Override
    public int levels() {
        return tiles.levels();
    }

    @Override
    public boolean isResident() {
        return false;
    }

    @Override
    public void read(int level, int tileX, int tileY, int[] into) {
        byte[] bgr = new byte[TILE * TILE * 3];
        tiles.read(level, tileX, tileY, bgr);
        for (int i = 0, at = 0; i < TILE * TILE; i++, at += 3) {
            into[i] = 0xFF000000 | (bgr[at + 2] & 0xFF) << 16 | (bgr[at + 1] & 0xFF) << 8 | (bgr[at] & 0xFF);
        }
    }
}
