package terrazzo.app.canvas;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Paints an image from its tiles: the nearest pixel of the level that fits the zoom, or, on fine frames of an image
/// shown smaller than it is, the mean of four weighted by distance. Where a tile has not come yet, a coarser one
/// stands in.
public final class ImageLayer implements Layer {

    private static final int T = TileSource.TILE;

    private final TileCache cache;
    private int level;
    private int firstTileX;
    private int firstTileY;
    private int tilesX;
    private int tilesY;
    private int[] @Nullable [] tiles = new int[0][];

    public ImageLayer(TileCache cache) {
        this.cache = cache;
    }

    @Override
    public void prepare(Grid grid) {
        level = Math.min(grid.level(), cache.source().levels() - 1);
        int firstRow = edge(grid, true);
        int lastRow = edge(grid, false);
        if (grid.firstX() >= grid.endX() || firstRow == Grid.OUTSIDE) {
            tiles = new int[0][];
            tilesX = 0;
            tilesY = 0;
            return;
        }
        var size = TileSource.at(grid.image(), level);
        // Smooth sampling reads one pixel further on each side.
        int reach = grid.isSmooth() ? 1 : 0;
        firstTileX = Math.max(0, (grid.column(grid.firstX()) >> level) - reach) / T;
        int lastTileX = Math.min(size.width() - 1, (grid.column(grid.endX() - 1) >> level) + reach) / T;
        firstTileY = Math.max(0, (firstRow >> level) - reach) / T;
        int lastTileY = Math.min(size.height() - 1, (lastRow >> level) + reach) / T;
        tilesX = lastTileX - firstTileX + 1;
        tilesY = lastTileY - firstTileY + 1;
        tiles = new int[tilesX * tilesY][];
        for (int ty = 0; ty < tilesY; ty++) {
            for (int tx = 0; tx < tilesX; tx++) {
                tiles[ty * tilesX + tx] = cache.get(level, firstTileX + tx, firstTileY + ty);
            }
        }
    }

    @Override
    public void paint(Scanline line) {
        if (tilesX == 0 || line.fromX() >= line.toX()) {
            return;
        }
        if (line.grid().isSmooth()) {
            paintSmooth(line);
        } else {
            paintNearest(line);
        }
    }

    private void paintNearest(Scanline line) {
        Grid grid = line.grid();
        int[] columns = grid.columns();
        int first = columns[line.fromX()] >> level;
        int last = columns[line.toX() - 1] >> level;
        int[] source = line.scratchA();
        gather(grid.row(line.y()) >> level, first, last, source);
        int[] pixels = line.pixels();
        int offset = line.offset();
        for (int x = line.fromX(); x < line.toX(); x++) {
            pixels[offset + x] = source[(columns[x] >> level) - first];
        }
    }

    private void paintSmooth(Scanline line) {
        Grid grid = line.grid();
        var size = TileSource.at(grid.image(), level);
        Viewport.Transform t = grid.transform();
        double scale = 1.0 / (1 << level);
        double sy = Math.clamp(t.toImageY(line.y() + 0.5) * scale - 0.5, 0, size.height() - 1.0);
        int y0 = (int) sy;
        int wy = (int) ((sy - y0) * 256);
        double stepX = scale / t.zoom();
        double sx = t.toImageX(line.fromX() + 0.5) * scale - 0.5;
        int maxX = size.width() - 1;
        int first = (int) Math.clamp(sx, 0, maxX);
        int last = Math.min(maxX, (int) Math.clamp(sx + stepX * (line.toX() - 1 - line.fromX()), 0, maxX) + 1);
        int[] upper = line.scratchA();
        int[] lower = line.scratchB();
        gather(y0, first, last, upper);
        gather(Math.min(y0 + 1, size.height() - 1), first, last, lower);
        int[] pixels = line.pixels();
        int offset = line.offset();
        int end = last - first;
        for (int x = line.fromX(); x < line.toX(); x++, sx += stepX) {
            double inside = Math.max(0, sx - first);
            int i = Math.min((int) inside, end);
            int j = Math.min(i + 1, end);
            int wx = (int) ((inside - i) * 256) & 0xFF;
            int top = mix(upper[i], upper[j], wx);
            int bottom = mix(lower[i], lower[j], wx);
            pixels[offset + x] = 0xFF000000 | mix(top, bottom, wy);
        }
    }

    /// `a` and `b` mixed, `b` with `weight` of 256 parts; red and blue travel in one int.
    static int mix(int a, int b, int weight) {
        int rest = 256 - weight;
        int redBlue = ((a & 0xFF00FF) * rest + (b & 0xFF00FF) * weight) >>> 8 & 0xFF00FF;
        int green = ((a & 0xFF00) * rest + (b & 0xFF00) * weight) >>> 8 & 0xFF00;
        return redBlue | green;
    }

    /// Copies columns `first` to `last` of a row of the current level into `into`, tile by tile.
    private void gather(int row, int first, int last, int[] into) {
        int tileY = row / T - firstTileY;
        int inTile = (row % T) * T;
        for (int x = first; x <= last; ) {
            int tileX = x / T;
            int end = Math.min(last + 1, (tileX + 1) * T);
            int[] tile = tiles[tileY * tilesX + tileX - firstTileX];
            if (tile != null) {
                System.arraycopy(tile, inTile + x % T, into, x - first, end - x);
            } else {
                standIn(row, x, end, into, x - first);
            }
            x = end;
        }
    }

    /// Fills from the finest coarser tile that is here, or with grey.
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
        Arrays.fill(into, at, at + to - from, 0xFF808080);
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
