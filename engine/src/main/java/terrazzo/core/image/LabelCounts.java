package terrazzo.core.image;

/// How many pixels each class has, counted label map by label map. For one thread at a time.
public final class LabelCounts {

    private static final int LABELS = 256;

    private final long[] counts = new long[LABELS];
    private long pixels;

    /// The counts of one map.
    public static LabelCounts of(LabelMap labels) {
        LabelCounts counts = new LabelCounts();
        counts.add(labels);
        return counts;
    }

    /// Counts one more map, or a part of one.
    public void add(LabelMap labels) {
        byte[] indices = labels.asBytes();
        pixels += indices.length;
        for (byte index : indices) {
            counts[index & 0xFF]++;
        }
    }

    /// Adds what was counted elsewhere.
    public void add(LabelCounts others) {
        pixels += others.pixels;
        for (int i = 0; i < LABELS; i++) {
            counts[i] += others.counts[i];
        }
    }

    /// Pixels of a class.
    ///
    /// @param label 0 to 255
    public long pixels(int label) {
        return counts[label];
    }

    /// All pixels.
    public long pixels() {
        return pixels;
    }

    /// The share of all pixels that a class has, 0 to 100.
    public double percent(int label) {
        return 100.0 * counts[label] / pixels;
    }
}
