package terrazzo.app.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.core.Size;

/// Remembers tiles of a label map before they are painted over, and makes one edit of a whole stroke. Costs as much as
/// the tiles that the stroke touches, however large the map is. One stroke each; one thread.
public final class TileRecorder {

    private final Size size;
    private final byte[] labels;
    private final Map<Long, Runs> beforeByTile = new LinkedHashMap<>();

    /// @param size of the label map
    /// @param labels class index per pixel, row by row; painted on by the caller after [#touch]
    public TileRecorder(Size size, byte[] labels) {
        this.size = size;
        this.labels = labels;
    }

    /// Says that pixels are about to change; what lies outside the map is left out.
    ///
    /// @param x left edge
    /// @param y upper edge
    /// @param extent of the rectangle
    public void touch(int x, int y, Size extent) {
        int right = Math.min(size.width(), x + extent.width());
        int bottom = Math.min(size.height(), y + extent.height());
        for (int row = Math.max(0, y) / TileEdit.SIDE; row * TileEdit.SIDE < bottom; row++) {
            for (int column = Math.max(0, x) / TileEdit.SIDE; column * TileEdit.SIDE < right; column++) {
                beforeByTile.computeIfAbsent((long) row << Integer.SIZE | column, this::pack);
            }
        }
    }

    /// The stroke as an edit that has been applied already; empty when nothing differs.
    public Optional<TileEdit> finish(String textKey) {
        List<TileEdit.Tile> tiles = new ArrayList<>();
        beforeByTile.forEach((key, before) -> {
            Runs after = pack(key);
            if (!after.equals(before)) {
                tiles.add(new TileEdit.Tile((int) (long) key, (int) (key >> Integer.SIZE), before, after));
            }
        });
        beforeByTile.clear();
        return tiles.isEmpty() ? Optional.empty() : Optional.of(new TileEdit(textKey, size, tiles));
    }

    private Runs pack(long key) {
        int x = (int) key * TileEdit.SIDE;
        int y = (int) (key >> Integer.SIZE) * TileEdit.SIDE;
        int width = Math.min(TileEdit.SIDE, size.width() - x);
        int height = Math.min(TileEdit.SIDE, size.height() - y);
        byte[] tile = new byte[width * height];
        for (int i = 0; i < height; i++) {
            System.arraycopy(labels, (y + i) * size.width() + x, tile, i * width, width);
        }
        return Runs.pack(tile);
    }
}
