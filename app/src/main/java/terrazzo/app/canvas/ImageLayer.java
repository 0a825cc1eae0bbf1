package terrazzo.app.canvas;

/// Paints an image from its tiles: the nearest pixel of the level that fits the zoom, or, on fine frames of
/// an image shown smaller than it is, the mean of four weighted by distance. Where a tile has not come yet,
/// a coarser one stands in.
public final class ImageLayer implements Layer {

    private static final int GREY = 0xFF808080;

    private final TileCache cache;
    private final TileWindow tiles;
    private int level;

    public ImageLayer(TileCache cache) {
        this.cache = cache;
        this.tiles = new TileWindow(cache, GREY);
    }

    @Override
    public void prepare(Grid grid) {
        level = Math.min(grid.level(), cache.source().levels() - 1);
        // Smooth sampling reads one pixel further on each side.
        tiles.prepare(grid, level, grid.isSmooth() ? 1 : 0);
    }

    @Override
    public void paint(Scanline line) {
        if (tiles.isEmpty() || line.fromX() >= line.toX()) {
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
        tiles.gather(grid.row(line.y()) >> level, first, last, source);
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
        tiles.gather(y0, first, last, upper);
        tiles.gather(Math.min(y0 + 1, size.height() - 1), first, last, lower);
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
}
