package terrazzo.app.canvas;

import java.util.concurrent.Executor;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.data.tiles.LabelTiles;

/// A label map too large for memory, read from its tiles on disk as they come into sight.
public final class TiledLabels implements LabelSource {

    private final LabelTiles tiles;
    private final TileCache cache;

    /// @param loader reads tiles off the UI thread
    /// @param maxBytes of tiles in memory
    public TiledLabels(LabelTiles tiles, Executor loader, long maxBytes) {
        this.tiles = tiles;
        this.cache = new TileCache(DiskTiles.of(tiles), loader, maxBytes);
    }

    /// More labels were written: what is in sight is read again.
    public void refresh() {
        cache.refresh();
    }

    @Override
    public Size size() {
        return tiles.size();
    }

    @Override
    public int levels() {
        return tiles.levels();
    }

    @Override
    public boolean hasConfidence() {
        return true;
    }

    @Override
    public int labelAt(int x, int y) {
        int sample = sample(x, y);
        return sample == UNKNOWN ? UNKNOWN : sample & 0xFF;
    }

    @Override
    public double confidenceAt(int x, int y) {
        int sample = sample(x, y);
        return sample == UNKNOWN ? Double.NaN : (sample >> 8) / 255.0;
    }

    private int sample(int x, int y) {
        int[] tile = cache.get(0, x / TileSource.TILE, y / TileSource.TILE);
        return tile == null ? UNKNOWN : tile[y % TileSource.TILE * TileSource.TILE + x % TileSource.TILE];
    }

    @Override
    public void onArrival(Runnable listener) {
        cache.onArrival(listener);
    }

    @Override
    public Reader reader() {
        return new TileReader();
    }

    private final class TileReader implements Reader {

        private final TileWindow window = new TileWindow(cache, LabelMap.IGNORE);

        @Override
        public void prepare(Grid grid, int level) {
            window.prepare(grid, level, 0);
        }

        @Override
        public void row(int y, int first, int last, Row into) {
            window.gather(y, first, last, into.samples(last - first + 1), 0);
            into.unpack(first, last);
        }
    }
}
