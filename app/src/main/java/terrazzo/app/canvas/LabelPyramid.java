package terrazzo.app.canvas;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.data.tiles.Levels;

/// A label map, and optionally how sure the model was of each pixel, with half-size levels. A label of a
/// coarser level is the one that most of its four hold; the confidence is their mean. Build it off the UI
/// thread.
public final class LabelPyramid implements LabelSource {

    private final Size size;
    private final List<byte[]> labels = new ArrayList<>();
    private final List<byte[]> confidences = new ArrayList<>();

    /// @param confidence probability of the label shown, 0 to 255 for 0 to 1, one byte per pixel; null when
    ///     not known
    public LabelPyramid(LabelMap map, byte @Nullable [] confidence) {
        this.size = map.size();
        labels.add(map.asBytes());
        if (confidence != null) {
            if (confidence.length != size.area()) {
                throw new IllegalArgumentException(
                        "expected " + size.area() + " confidences for " + size + ", got " + confidence.length);
            }
            confidences.add(confidence);
        }
        for (int k = 1; k < TileSource.levelsOf(size); k++) {
            Size from = TileSource.at(size, k - 1);
            Size to = TileSource.at(size, k);
            byte[] half = new byte[Math.toIntExact(to.area())];
            halveLabels(labels.get(k - 1), from, half, new Region(0, 0, to.width(), to.height()));
            labels.add(half);
            if (confidence != null) {
                confidences.add(halveConfidence(confidences.get(k - 1), from));
            }
        }
    }

    private record Region(int x0, int y0, int x1, int y1) {}

    @Override
    public Size size() {
        return size;
    }

    @Override
    public int levels() {
        return labels.size();
    }

    /// The labels of a level, row by row.
    byte[] labels(int level) {
        return labels.get(level);
    }

    /// The confidences of a level, or null when they are not known.
    byte @Nullable [] confidence(int level) {
        return confidences.isEmpty() ? null : confidences.get(level);
    }

    @Override
    public int labelAt(int x, int y) {
        return labels.getFirst()[y * size.width() + x] & 0xFF;
    }

    @Override
    public double confidenceAt(int x, int y) {
        return confidences.isEmpty() ? Double.NaN : (confidences.getFirst()[y * size.width() + x] & 0xFF) / 255.0;
    }

    @Override
    public boolean hasConfidence() {
        return !confidences.isEmpty();
    }

    @Override
    public void onArrival(Runnable listener) {
        // everything is here
    }

    @Override
    public Reader reader() {
        return new ArrayReader();
    }

    private final class ArrayReader implements Reader {

        private int level;
        private int stride;

        @Override
        public void prepare(Grid grid, int newLevel) {
            level = newLevel;
            stride = TileSource.at(size, level).width();
        }

        @Override
        public void row(int y, int first, int last, Row into) {
            into.view(labels(level), confidence(level), y * stride);
        }
    }

    /// Brings the coarser levels up to date after labels in `[x0, x1) x [y0, y1)` were written by an editor.
    public void refresh(int x0, int y0, int x1, int y1) {
        for (int k = 1; k < labels.size(); k++) {
            Size to = TileSource.at(size, k);
            int round = (1 << k) - 1;
            Region region = new Region(
                    Math.max(0, x0 >> k),
                    Math.max(0, y0 >> k),
                    Math.min(to.width(), (x1 + round) >> k),
                    Math.min(to.height(), (y1 + round) >> k));
            halveLabels(labels.get(k - 1), TileSource.at(size, k - 1), labels.get(k), region);
        }
    }

    private static void halveLabels(byte[] from, Size size, byte[] to, Region region) {
        int width = size.width();
        int halfWidth = (width + 1) / 2;
        for (int y = region.y0; y < region.y1; y++) {
            int upper = 2 * y * width;
            int lower = Math.min(2 * y + 1, size.height() - 1) * width;
            for (int x = region.x0; x < region.x1; x++) {
                int right = Math.min(2 * x + 1, width - 1);
                byte a = from[upper + 2 * x];
                byte b = from[upper + right];
                byte c = from[lower + 2 * x];
                byte d = from[lower + right];
                to[y * halfWidth + x] = Levels.most(a, b, c, d);
            }
        }
    }

    private static byte[] halveConfidence(byte[] from, Size size) {
        Size half = TileSource.at(size, 1);
        byte[] to = new byte[Math.toIntExact(half.area())];
        int width = size.width();
        for (int y = 0; y < half.height(); y++) {
            int upper = 2 * y * width;
            int lower = Math.min(2 * y + 1, size.height() - 1) * width;
            for (int x = 0; x < half.width(); x++) {
                int right = Math.min(2 * x + 1, width - 1);
                to[y * half.width() + x] =
                        Levels.mean(from[upper + 2 * x], from[upper + right], from[lower + 2 * x], from[lower + right]);
            }
        }
        return to;
    }
}
