package terrazzo.app.workspace.inference;

import org.jspecify.annotations.Nullable;
import terrazzo.core.image.LabelMap;

/// How many pixels each class has at every confidence, counted once, so that moving the confidence slider costs
/// nothing.
final class LabelStatistics {

    private static final int LEVELS = 256;

    private final long[] counts = new long[256 * LEVELS]; // [label][confidence]
    private final long pixels;

    LabelStatistics(LabelMap labels, byte @Nullable [] confidence) {
        byte[] indices = labels.asBytes();
        pixels = indices.length;
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
