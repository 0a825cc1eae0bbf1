package terrazzo.train.optim;

import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// How far gradients may go before a step: mmengine's `clip_grad`.
public sealed interface ClipGrad {

    /// All gradients together are scaled down to a norm.
    ///
    /// @param max the largest norm
    /// @param type the norm's order, 2 for the Euclidean one, infinity for the largest element
    record Norm(double max, double type) implements ClipGrad {}

    /// Each element is cut off.
    ///
    /// @param max the largest magnitude of an element
    record Element(double max) implements ClipGrad {}

    /// Reads `clip_grad` of an optimizer wrapper; empty where it is absent or `None`.
    static Optional<ClipGrad> read(ConfigNode optimWrapper) {
        return optimWrapper.optionalNode("clip_grad").map(ClipGrad::of);
    }

    private static ClipGrad of(ConfigNode c) {
        String type = c.string("type", "norm");
        c.ignoring("error_if_nonfinite", "foreach");
        ClipGrad clip = switch (type) {
            case "norm" -> new Norm(c.number("max_norm"), order(c));
            case "value" -> new Element(c.number("clip_value"));
            default -> throw c.error("type", "'norm' or 'value'", "'" + type + "'", "");
        };
        c.done();
        return clip;
    }

    private static double order(ConfigNode c) {
        Optional<Value> type = c.find("norm_type");
        if (type.isPresent() && type.get() instanceof Value.Str(var text)) {
            if (text.equals("inf")) {
                return Double.POSITIVE_INFINITY;
            }
            throw c.error("norm_type", "a number or 'inf'", "'" + text + "'", "");
        }
        return c.number("norm_type", 2);
    }
}
