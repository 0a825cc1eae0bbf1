package terrazzo.models.losses;

import java.util.Locale;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;

/// How losses per element become one number.
public enum Reduction {
    NONE,
    MEAN,
    SUM;

    /// What the reference adds to a divisor that may be 0: float32's epsilon.
    static final double EPS = 1.1920928955078125e-7;

    /// Reads `reduction`, by default `mean`.
    static Reduction read(ConfigNode c) {
        String name = c.string("reduction", "mean");
        return switch (name) {
            case "none" -> NONE;
            case "mean" -> MEAN;
            case "sum" -> SUM;
            default -> throw c.error("reduction", "'none', 'mean' or 'sum'", "'" + name + "'", "");
        };
    }

    /// Weights elements and reduces them.
    ///
    /// @param divisor what a mean divides by, or empty for the number of elements
    Tensor apply(Tensor loss, Optional<Tensor> weight, Optional<Tensor> divisor) {
        Tensor weighted = weight.isPresent() ? loss.mul(weight.get()) : loss;
        return switch (this) {
            case NONE -> weighted;
            case SUM -> weighted.sum();
            case MEAN -> divisor.isPresent() ? weighted.sum().div(divisor.get().add(EPS)) : weighted.mean();
        };
    }

    /// What is minimised of a loss that was not reduced: its mean.
    static Tensor scalar(Tensor loss) {
        return loss.rank() == 0 ? loss : loss.mean();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
