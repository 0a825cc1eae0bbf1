package terrazzo.app.edit;

import java.util.List;
import java.util.Optional;
import terrazzo.core.Size;

/// A change of a label map, kept as its tiles before and after, run-length packed. [TileRecorder] makes them.
///
/// @param textKey what the user did, for example `edit.brush`
/// @param map size of the label map
/// @param tiles those that differ
public record TileEdit(String textKey, Size map, List<Tile> tiles) implements Edit {

    /// Side of a tile, px.
    public static final int SIDE = 64;

    private static final int BYTES_PER_TILE = 64;

    /// One tile; those at the right and lower edge may be smaller than [#SIDE].
    ///
    /// @param column of the tile, 0 at the left
    /// @param row of the tile, 0 at the top
    /// @param before its labels, packed
    /// @param after its labels, packed
    public record Tile(int column, int row, Runs before, Runs after) {}

    public TileEdit {
        tiles = List.copyOf(tiles);
    }

    /// Writes the tiles' labels into a map.
    ///
    /// @param labels class index per pixel, row by row, of the map's size
    public void applyTo(byte[] labels) {
        if (labels.length != map.area()) {
            throw new IllegalArgumentException("expected a label map of " + map + ", got " + labels.length + " pixels");
        }
        for (Tile tile : tiles) {
            byte[] after = tile.after.unpack();
            int x = tile.column * SIDE;
            int width = Math.min(SIDE, map.width() - x);
            for (int i = 0; i < after.length / width; i++) {
                System.arraycopy(after, i * width, labels, (tile.row * SIDE + i) * map.width() + x, width);
            }
        }
    }

    @Override
    public TileEdit inverse() {
        return new TileEdit(
                textKey,
                map,
                tiles.stream()
                        .map(t -> new Tile(t.column, t.row, t.after, t.before))
                        .toList());
    }

    @Override
    public long sizeBytes() {
        return tiles.stream()
                .mapToLong(t -> BYTES_PER_TILE + t.before.sizeBytes() + t.after.sizeBytes())
                .sum();
    }

    /// Each stroke is taken back by itself.
    @Override
    public Optional<Edit> merge(Edit next) {
        return Optional.empty();
    }
}
