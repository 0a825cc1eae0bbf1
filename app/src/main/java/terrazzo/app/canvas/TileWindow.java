package terrazzo.app.canvas;

import java.util.Arrays;

/// The tiles that one frame shows. Where a tile has not come yet, a coarser one stands in.
final class TileWindow {

    private static final int T = TileSource.TILE;

    private final TileCache cache;
    private final int nothing;
    private int level;
    private int firstTileX;
    private int firstTileY;
    private int tilesX;
    private int[][] tiles = new int[0][];

    /// @param nothing stands for pixels of which no level is here yet
    TileWindow(TileCache cache, int nothing) {
        this.cache = cache;
        this.nothing = nothing;
    }

    /// Fetches the tiles of a level.
    ///
    /// @param reach pixels of the level that are read beyond the frame on each side
    void prepare(Grid grid, int newLevel, int reach) {
        level = newLevel;
        int firstRow = edge(grid, true);
        if (grid.firstX() >= grid.endX() || firstRow == Grid.OUTSIDE) {
            tilesX = 0;
            tiles = new int[0][];
            return;
        }
        var size = TileSource.at(grid.image(), level);
        firstTileX = Math.max(0, (grid.column(grid.firstX()) >> level) - reach) / T;
        int lastTileX = Math.min(size.width() - 1, (grid.column(grid.endX() - 1) >> level) + reach) / T;
        firstTileY = Math.max(0, (firstRow >> level) - reach) / T;
        int lastTileY = Math.min(size.height() - 1, (edge(grid, false) >> level) + reach) / T;
        tilesX = lastTileX - firstTileX + 1;
        int tilesY = lastTileY - firstTileY + 1;
        tiles = new int[tilesX * tilesY][];
        for (int ty = 0; ty < tilesY; ty++) {
            for (int tx = 0; tx < tilesX; tx++) {
                int[] tile = cache.get(level, firstTileX + tx, firstTileY + ty);
                tiles[ty * tilesX + tx] = tile == null ? new int[0] : tile;
            }
        }
    }

    boolean isEmpty() {
        return tilesX == 0;
    }

    /// Copies columns `first` to `last` of a row into `into`, the first to index `at`.
    void gather(int row, int first, int last, int[] into, int at) {
        int tileY = row / T - firstTileY;
        int inTile = (row % T) * T;
        for (int x = first; x <= last; ) {
            int tileX = x / T;
            int end = Math.min(last + 1, (tileX + 1) * T);
            int[] tile = tiles[tileY * tilesX + tileX - firstTileX];
            if (tile.length > 0) {
                System.arraycopy(tile, inTile + x % T, into, at + x - first, end - x);
            } else {
                standIn(row, x, end, into, at + x - first);
            }
            x = end;
        }
    }

    /// Fills from the finest coarser tile that is here.
    private void standIn(int row, int from, int to, int[] into, int at) {
        for (int up = 1; level + up < cache.source().levels(); up++) {
            int[] tile = cache.peek(level + up, (from >> up) / T, (row >> up) / T);
            if (tile != null) {
                int inTile = ((row >> up) % T) * T;
                for (int x = from; x < to; x++) {
                    into[at + x - from] = tile[inTile + (x >> up) % T];
                }
                return;
            }
        }
        Arrays.fill(into, at, at + to - from, nothing);
    }

    private static int edge(Grid grid, boolean first) {
        for (int i = 0; i < grid.height(); i++) {
            int row = grid.row(first ? i : grid.height() - 1 - i);
            if (row != Grid.OUTSIDE) {
                return row;
            }
        }
        return Grid.OUTSIDE;
    }
}
