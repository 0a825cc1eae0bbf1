package terrazzo.app.canvas;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The tiles of one image that were seen last, bounded in bytes; the one not seen for longest goes first. A
/// resident source is read at once, any other through the loader, and [#onArrival] hears of it.
public final class TileCache {

    /// What four screens of 2560x1440 need.
    public static final long DEFAULT_BYTES = 96L << 20;

    private static final int MOST_WISHES = 256;
    private static final int TILE_BYTES = TileSource.TILE * TileSource.TILE * Integer.BYTES;

    private final TileSource source;
    private final Executor loader;
    private final int capacity;
    private final Map<Key, Tile> tiles = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<Key> loading = new HashSet<>();
    private final Deque<Key> wishes = new ArrayDeque<>();
    private volatile Runnable onArrival = () -> {};
    private int age;

    record Key(int level, int x, int y) {}

    private static final class Tile {
        private final int[] pixels;
        private final int age; // of the source when it was read

        Tile(int[] pixels, int age) {
            this.pixels = pixels;
            this.age = age;
        }
    }

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

    /// What the source holds has changed: tiles are read again when they are asked for the next time, and
    /// until then shown as they were.
    public void refresh() {
        synchronized (tiles) {
            age++;
        }
    }

    /// The tile's pixels, or null when it is still being read.
    public int @Nullable [] get(int level, int tileX, int tileY) {
        Key key = new Key(level, tileX, tileY);
        int[] known = null;
        synchronized (tiles) {
            Tile tile = tiles.get(key);
            if (tile != null) {
                known = tile.pixels;
                if (tile.age == age) {
                    return known;
                }
            }
        }
        if (source.isResident()) {
            return load(key);
        }
        boolean isNew;
        synchronized (tiles) {
            isNew = loading.add(key);
            if (isNew) {
                wishes.push(key);
                if (wishes.size() > MOST_WISHES) { // scrolled out of sight long ago
                    loading.remove(wishes.removeLast());
                }
            }
        }
        if (isNew) {
            loader.execute(this::loadNewest);
        }
        return known;
    }

    /// Reads the tile that was asked for last.
    private void loadNewest() {
        Key key;
        synchronized (tiles) {
            key = wishes.poll();
        }
        if (key != null) {
            load(key);
            onArrival.run();
        }
    }

    /// The tile's pixels if they are here; asks for nothing.
    public int @Nullable [] peek(int level, int tileX, int tileY) {
        synchronized (tiles) {
            Tile tile = tiles.get(new Key(level, tileX, tileY));
            return tile == null ? null : tile.pixels;
        }
    }

    int size() {
        synchronized (tiles) {
            return tiles.size();
        }
    }

    private int[] load(Key key) {
        int now;
        synchronized (tiles) {
            now = age;
        }
        int[] pixels = new int[TileSource.TILE * TileSource.TILE];
        try {
            source.read(key.level, key.x, key.y, pixels);
        } catch (CancellationException _) { // the image was closed meanwhile; nobody looks at it any more
            return pixels;
        }
        synchronized (tiles) {
            tiles.put(key, new Tile(pixels, now));
            loading.remove(key);
            var oldest = tiles.entrySet().iterator();
            while (tiles.size() > capacity && oldest.hasNext()) {
                oldest.next();
                oldest.remove();
            }
        }
        return pixels;
    }
}
