package terrazzo.inference.overlay;

import java.util.Arrays;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;

/// Draws label maps byte for byte as MMSegmentation's `SegLocalVisualizer` does.
///
/// The reference shows the image on a plotting canvas, reads the canvas back, blends one class into it, shows that, and
/// so on from the highest class to the lowest. Each turn stretches the picture by one pixel to the right and upwards
/// (the canvas is asked for 1/100 pixel more than it has), so the picture of a street with ten classes is displaced by
/// up to eleven pixels in its top right corner, and each class by another amount. [Overlay] draws the same colours in
/// place; this one exists where pictures have to compare with the reference's.
public final class SegLocalVisualizer {

    private final byte[] tables;

    private SegLocalVisualizer(byte[] tables) {
        this.tables = tables;
    }

    /// @param opacity what the reference calls `alpha`, from 0 to 1
    public static SegLocalVisualizer of(Palette palette, double opacity) {
        Overlay.checkOpacity(opacity);
        return new SegLocalVisualizer(Blend.tables(palette, opacity));
    }

    /// A new image with the colours of `labels` over `image`.
    ///
    /// @throws IllegalArgumentException when the two differ in size
    public Raster draw(Raster image, LabelMap labels) {
        Overlay.checkSameSize(image.size(), labels.size());
        int[] classes = classesFromHighest(labels);
        int[][] columns = repeated(stretchedColumns(image.width()), classes.length + 1);
        int[][] rows = repeated(stretchedRows(image.height()), classes.length + 1);
        byte[] source = image.asBgr();
        byte[] indices = labels.asBytes();
        byte[] drawn = new byte[source.length];
        int width = image.width();
        for (int y = 0, at = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++, at += 3) {
                // Where this pixel was before the last turn, before the one before it, …, in the image.
                int from = (rows[0][y] * width + columns[0][x]) * 3;
                int b = source[from] & 0xFF;
                int g = source[from + 1] & 0xFF;
                int r = source[from + 2] & 0xFF;
                for (int turn = 0; turn < classes.length; turn++) {
                    int label = indices[rows[turn + 1][y] * width + columns[turn + 1][x]] & 0xFF;
                    if (label == classes[turn]) {
                        int table = label * 768;
                        b = tables[table + b] & 0xFF;
                        g = tables[table + 256 + g] & 0xFF;
                        r = tables[table + 512 + r] & 0xFF;
                    }
                }
                drawn[at] = (byte) b;
                drawn[at + 1] = (byte) g;
                drawn[at + 2] = (byte) r;
            }
        }
        return new Raster(image.size(), drawn);
    }

    private int[] classesFromHighest(LabelMap labels) {
        boolean[] present = new boolean[256];
        for (byte label : labels.asBytes()) {
            present[label & 0xFF] = true;
        }
        int[] found = new int[256];
        int count = 0;
        for (int label = tables.length / 768 - 1; label >= 0; label--) {
            if (present[label]) {
                found[count++] = label;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /// `result[i][p]`: where the pixel that ends at `p` was before the last `turns - i` turns.
    private static int[][] repeated(int[] once, int turns) {
        int[][] positions = new int[turns][];
        positions[turns - 1] = once;
        for (int turn = turns - 2; turn >= 0; turn--) {
            int[] later = positions[turn + 1];
            positions[turn] = Arrays.stream(later).map(p -> once[p]).toArray();
        }
        return positions;
    }

    /// Source column of each column when `width` columns are drawn over `width + 1`, nearest sample, as the Agg
    /// rasterizer
    /// steps through them: the ends in 1/256 pixel, a digital line between.
    private static int[] stretchedColumns(int width) {
        int steps = width + 1;
        int first = subpixel(0.5 * width / steps);
        int run = subpixel((steps + 0.5) * width / steps) - first;
        int[] columns = new int[width];
        int step = run / steps;
        int rest = run % steps;
        for (int x = 0; x < width; x++) {
            int carried = rest == 0 ? 0 : (int) Math.ceilDiv((x + 1L) * rest, steps) - 1;
            columns[x] = Math.min(width - 1, (first + x * step + carried) >> 8);
        }
        return columns;
    }

    /// The same for rows, which stretch upwards from the lower edge.
    private static int[] stretchedRows(int height) {
        int steps = height + 1;
        int[] rows = new int[height];
        for (int y = 0; y < height; y++) {
            double source = height - (height - 1 - y + 0.5) * height / steps;
            rows[y] = Math.clamp(subpixel(source) >> 8, 0, height - 1);
        }
        return rows;
    }

    private static int subpixel(double position) {
        return (int) (position * 256 + 0.5);
    }
}
