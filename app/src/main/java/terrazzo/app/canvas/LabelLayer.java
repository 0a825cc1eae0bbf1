package terrazzo.app.canvas;

/// Blends a label map over what is below: each channel becomes `(below * (256 - a) + colour * a) >> 8` with
/// the opacity `a` in 256 parts. Hidden classes and pixels below the least confidence leave what is below
/// as it is.
public final class LabelLayer implements Layer {

    private final LabelSource map;
    private final LabelSource.Reader reader;
    private volatile LabelStyle style;
    private final int[] keep = new int[256];
    private final int[] redBlue = new int[256];
    private final int[] green = new int[256];
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
        int alpha = style.alpha();
        for (int label = 0; label < 256; label++) {
            int a = style.isVisible(label) ? alpha : 0;
            int colour = style.colour(label);
            keep[label] = 256 - a;
            redBlue[label] = (colour & 0xFF00FF) * a;
            green[label] = (colour & 0xFF00) * a;
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
            blend(line, row);
        } else {
            blendSure(line, row, sure);
        }
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

    private void blend(Scanline line, LabelSource.Row row) {
        int[] columns = line.grid().columns();
        int[] pixels = line.pixels();
        byte[] labels = row.labels();
        int start = row.start();
        int offset = line.offset();
        for (int x = line.fromX(); x < line.toX(); x++) {
            int label = labels[start + (columns[x] >> level)] & 0xFF;
            pixels[offset + x] = over(pixels[offset + x], label);
        }
    }

    private void blendSure(Scanline line, LabelSource.Row row, byte[] sure) {
        int[] columns = line.grid().columns();
        int[] pixels = line.pixels();
        byte[] labels = row.labels();
        int start = row.start();
        int offset = line.offset();
        for (int x = line.fromX(); x < line.toX(); x++) {
            int at = start + (columns[x] >> level);
            if ((sure[at] & 0xFF) >= least) {
                pixels[offset + x] = over(pixels[offset + x], labels[at] & 0xFF);
            }
        }
    }

    private int over(int below, int label) {
        int rest = keep[label];
        int rb = ((below & 0xFF00FF) * rest + redBlue[label]) >>> 8 & 0xFF00FF;
        int g = ((below & 0xFF00) * rest + green[label]) >>> 8 & 0xFF00;
        return 0xFF000000 | rb | g;
    }

    /// Draws the class's own colour, opaque, where the label to the left or above differs.
    private void outline(Scanline line, LabelSource.Row row) {
        Grid grid = line.grid();
        int[] columns = grid.columns();
        int[] pixels = line.pixels();
        int offset = line.offset();
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
                pixels[offset + x] = style.colour(label & 0xFF);
            }
        }
    }
}
