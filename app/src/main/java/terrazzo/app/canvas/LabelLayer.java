package terrazzo.app.canvas;

/// Blends a label map over what is below: each channel becomes `(below * (256 - a) + colour * a) >> 8` with
/// the opacity `a` in 256 parts. Hidden classes and pixels below the least confidence leave what is below
/// as it is.
public final class LabelLayer implements Layer {

    private static final int HIDDEN = 0;

    private final LabelSource map;
    private final LabelSource.Reader reader;
    private volatile LabelStyle style;
    private final int[] tintByLabel = new int[256];
    private int alpha;
    private int level;
    private int least;

    public LabelLayer(LabelSource map, LabelStyle style) {
        this.map = map;
        this.reader = map.reader();
        this.style = style;
    }

    public LabelSource map() {
        return map;
    }

    public void setStyle(LabelStyle next) {
        style = next;
    }

    /// The same map without the image below, for a short look.
    LabelLayer opaque() {
        return new LabelLayer(map, style.withOpacity(1));
    }

    @Override
    public void prepare(Grid grid) {
        level = Math.min(grid.level(), map.levels() - 1);
        reader.prepare(grid, level);
        least = style.minConfidenceByte();
        alpha = style.alpha();
        for (int label = 0; label < 256; label++) {
            tintByLabel[label] = style.isVisible(label) ? style.colour(label) : HIDDEN;
        }
    }

    @Override
    public void paint(Scanline line) {
        if (line.fromX() >= line.toX()) {
            return;
        }
        LabelSource.Row row = row(line, line.y(), line.rowA());
        byte[] sure = row.confidence();
        if (least == 0 || sure == null) {
            tint(line, row);
        } else {
            tintSure(line, row, sure);
        }
        blend(line.pixels(), line.tints(), line.fromX(), line.toX());
        if (style.hasOutlines()) {
            outline(line, row);
        }
    }

    /// The labels below a line of the screen, from the column left of it on.
    private LabelSource.Row row(Scanline line, int y, LabelSource.Row into) {
        Grid grid = line.grid();
        int before = Math.max(grid.firstX(), line.fromX() - 1);
        reader.row(grid.row(y) >> level, grid.column(before) >> level, grid.column(line.toX() - 1) >> level, into);
        return into;
    }

    private void tint(Scanline line, LabelSource.Row row) {
        int[] columns = line.grid().columns();
        int[] tints = line.tints();
        int[] tint = tintByLabel;
        byte[] labels = row.labels();
        int from = line.fromX();
        int to = line.toX();
        if (line.grid().isDotForDot()) { // level 0, and no column has to be looked up
            int start = row.start() + columns[from] - from;
            for (int x = from; x < to; x++) {
                tints[x] = tint[labels[start + x] & 0xFF];
            }
            return;
        }
        int start = row.start();
        for (int x = from; x < to; x++) {
            tints[x] = tint[labels[start + (columns[x] >> level)] & 0xFF];
        }
    }

    private void tintSure(Scanline line, LabelSource.Row row, byte[] sure) {
        int[] columns = line.grid().columns();
        int[] tints = line.tints();
        byte[] labels = row.labels();
        int start = row.start();
        for (int x = line.fromX(); x < line.toX(); x++) {
            int at = start + (columns[x] >> level);
            int tooLow = ((sure[at] & 0xFF) - least) >> 31; // a mask: branches here are guessed wrong too often
            tints[x] = tintByLabel[labels[at] & 0xFF] & ~tooLow;
        }
    }

    /// Red and blue travel in one int. Without branches and calls, so that many pixels are done at once.
    private void blend(int[] pixels, int[] tints, int from, int to) {
        int weight = alpha;
        int rest = 256 - weight;
        for (int x = from; x < to; x++) {
            int below = pixels[x];
            int tint = tints[x];
            int shown = tint >> 31; // all bits of an opaque tint, none of a hidden one
            int redBlue = ((below & 0xFF00FF) * rest + (tint & 0xFF00FF) * weight) >>> 8 & 0xFF00FF;
            int green = ((below & 0xFF00) * rest + (tint & 0xFF00) * weight) >>> 8 & 0xFF00;
            pixels[x] = ((0xFF000000 | redBlue | green) & shown) | (below & ~shown);
        }
    }

    /// Draws the class's own colour, opaque, where the label to the left or above differs.
    private void outline(Scanline line, LabelSource.Row row) {
        Grid grid = line.grid();
        int[] columns = grid.columns();
        int[] pixels = line.pixels();
        boolean hasAbove = line.y() > 0 && grid.row(line.y() - 1) != Grid.OUTSIDE;
        LabelSource.Row above = hasAbove ? row(line, line.y() - 1, line.rowB()) : row;
        byte[] labels = row.labels();
        byte[] labelsAbove = above.labels();
        int start = row.start();
        int startAbove = above.start();
        for (int x = line.fromX(); x < line.toX(); x++) {
            int column = columns[x] >> level;
            byte label = labels[start + column];
            boolean edge = labelsAbove[startAbove + column] != label
                    || (x > grid.firstX() && labels[start + (columns[x - 1] >> level)] != label);
            if (edge && style.isVisible(label & 0xFF)) {
                pixels[x] = style.colour(label & 0xFF);
            }
        }
    }
}
