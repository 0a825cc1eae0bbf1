package terrazzo.app.workspace.inference;

import org.jspecify.annotations.Nullable;
import terrazzo.core.image.LabelMap;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.data.tiles.Levels;

/// How many pixels each class has at every confidence, counted once, so that moving the confidence slider
/// costs nothing.
final class LabelStatistics {

    private static final int LEVELS = 256;

    private final long[] counts = new long[256 * LEVELS]; // [label][confidence]
    private long pixels;

    private LabelStatistics() {}

    static LabelStatistics of(LabelMap labels, byte @Nullable [] confidence) {
        LabelStatistics statistics = new LabelStatistics();
        statistics.add(labels, confidence);
        return statistics;
    }

    /// Reads all tiles.
    static LabelStatistics of(LabelTiles tiles) {
        LabelStatistics statistics = new LabelStatistics();
        int height = tiles.size().height();
        for (int y = 0; y < height; y += Levels.TILE) {
            LabelTiles.Rows rows = tiles.rows(y, Math.min(Levels.TILE, height - y));
            statistics.add(rows.labels(), rows.confidence().asBytes());
        }
        return statistics;
    }

    private void add(LabelMap labels, byte @Nullable [] confidence) {
        byte[] indices = labels.asBytes();
        pixels += indices.length;
        for (int i = 0; i < indices.length; i++) {
            int sure = confidence == null ? LEVELS - 1 : confidence[i] & 0xFF;
            counts[(indices[i] & 0xFF) * LEVELS + sure]++;
        }
    }

    /// Pixels of a class whose confidence is at least `minConfidence` (0 to 1).
    long pixels(int label, double minConfidence) {
        long sum = 0;
        for (int level = (int) Math.ceil(minConfidence * 255); level < LEVELS; level++) {
            sum += counts[label * LEVELS + level];
        }
        return sum;
    }

    /// All pixels of the image.
    long pixels() {
        return pixels;
    }
}
