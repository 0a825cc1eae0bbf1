package terrazzo.app.canvas;

/// Paints an image from its tiles: the nearest pixel of the level that fits the zoom, or, on fine frames of
/// an image shown smaller than it is, the mean of four weighted by distance. Where a tile has not come yet,
/// a coarser one stands in.
public final class ImageLayer implements Layer {

    private static final int GREY = 0xFF808080;

    private final TileCache cache;
    private final TileWindow tiles;
    private int level;
    private int[] lefts = {};
    private int[] rights = {};
    private int[] weights = {};

    public ImageLayer(TileCache cache) {
        this.cache = cache;
        this.tiles = new TileWindow(cache, GREY);
    }

    @Override
    public void prepare(Grid grid) {
        level = Math.min(grid.level(), cache.source().levels() - 1);
        // Smooth sampling reads one pixel further on each side.
        tiles.prepare(grid, level, grid.isSmooth() ? 1 : 0);
        if (grid.isSmooth()) {
            prepareColumns(grid);
        }
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
        int[] pixels = line.pixels();
        int from = line.fromX();
        int to = line.toX();
        int row = grid.row(line.y()) >> level;
        int first = columns[from] >> level;
        int last = columns[to - 1] >> level;
        if (grid.isDotForDot()) {
            tiles.gather(row, first, last, pixels, from);
            return;
        }
        int[] source = line.scratchA();
        tiles.gather(row, first, last, source, 0);
        for (int x = from; x < to; x++) {
            pixels[x] = source[(columns[x] >> level) - first];
        }
    }

    /// Mixes two rows of the level, then in each place the two pixels left and right of it.
    private void paintSmooth(Scanline line) {
        int height = TileSource.at(line.grid().image(), level).height();
        Viewport.Transform t = line.grid().transform();
        double scale = 1.0 / (1 << level);
        double sy = Math.clamp(t.toImageY(line.y() + 0.5) * scale - 0.5, 0, height - 1.0);
        int y0 = (int) sy;
        int wy = (int) ((sy - y0) * 256);
        int from = line.fromX();
        int to = line.toX();
        int first = lefts[from];
        int last = rights[to - 1];
        int[] row = line.scratchA();
        int[] lower = line.scratchB();
        tiles.gather(y0, first, last, row, 0);
        if (wy > 0) {
            tiles.gather(Math.min(y0 + 1, height - 1), first, last, lower, 0);
            for (int i = 0; i <= last - first; i++) {
                row[i] = mix(row[i], lower[i], wy);
            }
        }
        int[] pixels = line.pixels();
        for (int x = from; x < to; x++) {
            pixels[x] = 0xFF000000 | mix(row[lefts[x] - first], row[rights[x] - first], weights[x]);
        }
    }

    /// Where in a row of the level each screen column reads, the same for all rows.
    private void prepareColumns(Grid grid) {
        Viewport.Transform t = grid.transform();
        double scale = 1.0 / (1 << level);
        int last = TileSource.at(grid.image(), level).width() - 1;
        lefts = new int[grid.width()];
        rights = new int[grid.width()];
        weights = new int[grid.width()];
        for (int x = 0; x < lefts.length; x++) {
            double sx = Math.clamp(t.toImageX(x + 0.5) * scale - 0.5, 0, last);
            lefts[x] = (int) sx;
            rights[x] = Math.min(lefts[x] + 1, last);
            weights[x] = (int) ((sx - lefts[x]) * 256);
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
