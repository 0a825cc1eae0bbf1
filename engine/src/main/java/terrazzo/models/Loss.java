package terrazzo.models;

import java.util.Optional;
import terrazzo.graph.Tensor;

/// What training minimises.
public interface Loss {

    /// Name of the loss in logs; only names that start with `loss_` are minimised.
    String name();

    /// The loss, weighted and reduced to a scalar.
    ///
    /// @param pixels what it is about
    Tensor call(Pixels pixels);

    /// The loss of each pixel `[N, H, W]`, weighted but not reduced, for samplers that look for the worst pixels.
    Tensor perPixel(Pixels pixels);

    /// Predictions with what they should be.
    ///
    /// @param logits `[N, K, H, W]`
    /// @param label class indices `[N, H, W]` int64
    /// @param weight weight of each pixel `[N, H, W]`, or empty for 1
    /// @param ignoreIndex class index that does not count
    record Pixels(Tensor logits, Tensor label, Optional<Tensor> weight, int ignoreIndex) {

        /// 1 where a pixel counts, as `[N, H, W]` bool.
        public Tensor valid() {
            return label.ne(ignoreIndex);
        }
    }
}
