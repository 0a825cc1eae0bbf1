package terrazzo.train.optim;

import java.util.LinkedHashMap;
import java.util.Map;

/// What an optimizer remembers of one weight besides tensors of its shape. Weights with the same history and settings
/// move in one call.
///
/// @param step steps so far
/// @param scalars single numbers by the names of PyTorch's state, in its order
public record History(long step, Map<String, Double> scalars) {

    public History {
        scalars = new LinkedHashMap<>(scalars);
    }

    /// Before the first step, with nothing to remember but the step.
    public static History start() {
        return new History(0, Map.of());
    }

    /// One step later, with the same scalars.
    public History next() {
        return new History(step + 1, scalars);
    }

    /// The steps so far, for arithmetic.
    public double steps() {
        return (double) step;
    }

    double scalar(String name) {
        Double scalar = scalars.get(name);
        if (scalar == null) {
            throw new IllegalArgumentException("expected one of " + scalars.keySet() + ", got '" + name + "'");
        }
        return scalar;
    }
}
