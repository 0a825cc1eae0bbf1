package terrazzo.inference;

import java.util.Optional;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.Logits;

/// What a model says about one image, at the image's original size.
///
/// @param labels class of each pixel
/// @param confidence probability of that class in 1/255, where asked for; same size
/// @param logits scores before softmax, where asked for; averaged probabilities after test-time augmentation
public record Prediction(LabelMap labels, Optional<LabelMap> confidence, Optional<Logits> logits) {

    /// What to find out beside the labels.
    public enum Detail {
        LABELS,
        CONFIDENCE,
        LOGITS
    }
}
