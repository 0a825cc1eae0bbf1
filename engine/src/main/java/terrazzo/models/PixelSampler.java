package terrazzo.models;

import java.util.List;
import terrazzo.graph.Tensor;

/// Chooses the pixels that a loss looks at.
@FunctionalInterface
public interface PixelSampler {

    /// @param losses the losses that the head trains with
    /// @return weight of each pixel `[N, H, W]` float32, without gradient
    Tensor sample(Loss.Pixels pixels, List<Loss> losses);
}
