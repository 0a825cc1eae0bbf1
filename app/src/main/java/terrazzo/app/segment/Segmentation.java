package terrazzo.app.segment;

import org.jspecify.annotations.Nullable;
import terrazzo.core.image.LabelMap;

/// What a model found in one image.
public final class Segmentation {

    private final LabelMap labels;
    private final byte @Nullable [] confidence;
    private final double seconds;

    /// @param labels of the image's size
    /// @param confidence probability of the label shown, one byte per pixel: 0 to 255 for 0 to 1; null if unknown
    /// @param seconds the model took
    public Segmentation(LabelMap labels, byte @Nullable [] confidence, double seconds) {
        this.labels = labels;
        this.confidence = confidence;
        this.seconds = seconds;
    }

    public LabelMap labels() {
        return labels;
    }

    /// Read only; see the constructor.
    public byte @Nullable [] confidence() {
        return confidence;
    }

    public double seconds() {
        return seconds;
    }
}
