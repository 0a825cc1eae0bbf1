package terrazzo.metrics;

import java.util.stream.LongStream;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;

/// Pixels per class: predicted, true, and both. Sums over any number of images in constant memory; not thread-safe, but
/// several can be gathered apart and added with [#add(ClassAreas)].
public final class ClassAreas {

    private static final int LABELS = 256;

    private final int numClasses;
    private final long[] intersect = new long[LABELS];
    private final long[] prediction = new long[LABELS];
    private final long[] label = new long[LABELS];

    /// @param numClasses labels from this one on are counted nowhere
    public ClassAreas(int numClasses) {
        if (numClasses < 1 || numClasses > LABELS) {
            throw new IllegalArgumentException("expected 1 to 256 classes, got " + numClasses);
        }
        this.numClasses = numClasses;
    }

    /// Adds one image; pixels whose ground truth is `ignoreIndex` don't count.
    ///
    /// @param name of the image, for the message
    /// @throws DatasetException when the two maps differ in size
    public void add(String name, LabelMap predicted, LabelMap truth, int ignoreIndex) {
        if (!predicted.size().equals(truth.size())) {
            throw new DatasetException(Complaint.at(name)
                    .expected("a prediction of " + truth.size() + " like the label map")
                    .got(predicted.size().toString()));
        }
        byte[] p = predicted.asBytes();
        byte[] t = truth.asBytes();
        for (int i = 0; i < t.length; i++) {
            int expected = t[i] & 0xFF;
            if (expected == ignoreIndex) {
                continue;
            }
            int got = p[i] & 0xFF;
            label[expected]++;
            prediction[got]++;
            if (got == expected) {
                intersect[got]++;
            }
        }
    }

    /// Adds what was gathered elsewhere.
    public void add(ClassAreas other) {
        for (int i = 0; i < LABELS; i++) {
            intersect[i] += other.intersect[i];
            prediction[i] += other.prediction[i];
            label[i] += other.label[i];
        }
    }

    public int numClasses() {
        return numClasses;
    }

    /// Pixels of class `index` that were predicted as such.
    public long intersect(int index) {
        return intersect[index];
    }

    /// Pixels that are of class `index`, or predicted as such, or both.
    public long union(int index) {
        return prediction[index] + label[index] - intersect[index];
    }

    /// Pixels predicted as class `index`.
    public long prediction(int index) {
        return prediction[index];
    }

    /// Pixels of class `index`.
    public long label(int index) {
        return label[index];
    }

    long totalIntersect() {
        return LongStream.of(intersect).limit(numClasses).sum();
    }

    long totalLabel() {
        return LongStream.of(label).limit(numClasses).sum();
    }
}
