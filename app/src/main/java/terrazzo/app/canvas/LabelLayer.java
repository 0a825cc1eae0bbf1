package terrazzo.app.canvas;

import org.jspecify.annotations.Nullable;

/// Blends a label map over what is below: each channel becomes `(below * (256 - a) + colour * a) >> 8` with the
/// opacity `a` in 256 parts. Hidden classes and pixels below the least confidence leave what is below as it is.
public final class LabelLayer implements Layer {

    private final LabelPyramid map;
    private volatile LabelStyle style;
    private final int[] keep = new int[256];
    private final int[] redBlue = new int[256];
    private final int[] green = new int[256];
    private int level;
    private int stride;
    private byte[] labels = new byte[0];
    private byte @Nullable [] confidence;
    private int least;

    public LabelLayer(LabelPyramid map, LabelStyle style) {
        this.map = map;
        this.style = style;
    }

    public LabelPyramid map() {
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
        stride = TileSource.at(map.size(), level).width();
        labels = map.labels(level);
        least = style.minConfidenceByte();
        confidence = least > 0 ? map.confidence(level) : null;
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
        int row = (line.grid().row(line.y()) >> level) * stride;
        byte[] sure = confidence;
        if (sure == null) {
            blend(line, row);
        } else {
            blendSure(line, row, sure);
        }
        if (style.hasOutlines()) {
            outline(line, row);
        }
    }

    private void blend(Scanline line, int row) {
        int[] columns = line.grid().columns();
        int[] pixels = line.pixels();
        int offset = line.offset();
        for (int x = line.fromX(); x < line.toX(); x++) {
            int label = labels[row + (columns[x] >> level)] & 0xFF;
            pixels[offset + x] = over(pixels[offset + x], label);
        }
    }

    private void blendSure(Scanline line, int row, byte[] sure) {
        int[] columns = line.grid().columns();
        int[] pixels = line.pixels();
        int offset = line.offset();
        for (int x = line.fromX(); x < line.toX(); x++) {
            int at = row + (columns[x] >> level);
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
    private void outline(Scanline line, int row) {
        Grid grid = line.grid();
        int[] columns = grid.columns();
        int[] pixels = line.pixels();
        int offset = line.offset();
        boolean hasAbove = line.y() > 0 && grid.row(line.y() - 1) != Grid.OUTSIDE;
        int above = hasAbove ? (grid.row(line.y() - 1) >> level) * stride : row;
        for (int x = line.fromX(); x < line.toX(); x++) {
            int column = columns[x] >> level;
            byte label = labels[row + column];
            boolean edge = labels[above + column] != label
                    || (x > grid.firstX() && labels[row + (columns[x - 1] >> level)] != label);
            if (edge && style.isVisible(label & 0xFF)) {
                pixels[offset + x] = style.colour(label & 0xFF);
            }
        }
    }
}
