package terrazzo.app.canvas;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The tiles of one image that were seen last, bounded in bytes; the one not seen for longest goes first. A resident
/// source is read at once, any other through the loader, and [#onArrival] hears of it.
public final class TileCache {

    /// What four screens of 2560x1440 need.
    public static final long DEFAULT_BYTES = 96L << 20;

    private static final int TILE_BYTES = TileSource.TILE * TileSource.TILE * Integer.BYTES;

    private final TileSource source;
    private final Executor loader;
    private final int capacity;
    private final Map<Key, int[]> tiles = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<Key> loading = new HashSet<>();
    private volatile Runnable onArrival = () -> {};

    record Key(int level, int x, int y) {}

    /// @param loader runs reads of sources that are not resident, off the UI thread
    /// @param maxBytes at least one tile is kept, however small the bound
    public TileCache(TileSource source, Executor loader, long maxBytes) {
        this.source = source;
        this.loader = loader;
        this.capacity = (int) Math.max(1, maxBytes / TILE_BYTES);
    }

    /// A cache for a source in memory.
    public static TileCache of(TileSource source) {
        return new TileCache(source, Runnable::run, DEFAULT_BYTES);
    }

    public TileSource source() {
        return source;
    }

    /// Calls `listener`, on the loader's thread, after a missing tile has come.
    public void onArrival(Runnable listener) {
        onArrival = listener;
    }

    /// The tile's pixels, or null when it is still being read.
    public int @Nullable [] get(int level, int tileX, int tileY) {
        Key key = new Key(level, tileX, tileY);
        synchronized (tiles) {
            int[] tile = tiles.get(key);
            if (tile != null) {
                return tile;
            }
        }
        if (source.isResident()) {
            return load(key);
        }
        boolean isNew;
        synchronized (tiles) {
            isNew = loading.add(key);
        }
        if (isNew) {
            loader.execute(() -> {
                load(key);
                onArrival.run();
            });
        }
        return null;
    }

    /// The tile's pixels if they are here; asks for nothing.
    public int @Nullable [] peek(int level, int tileX, int tileY) {
        synchronized (tiles) {
            return tiles.get(new Key(level, tileX, tileY));
        }
    }

    int size() {
        synchronized (tiles) {
            return tiles.size();
        }
    }

    private int[] load(Key key) {
        int[] tile = new int[TileSource.TILE * TileSource.TILE];
        source.read(key.level, key.x, key.y, tile);
        synchronized (tiles) {
            tiles.put(key, tile);
            loading.remove(key);
            var oldest = tiles.entrySet().iterator();
            while (tiles.size() > capacity && oldest.hasNext()) {
                oldest.next();
                oldest.remove();
            }
        }
        return tile;
    }
}
