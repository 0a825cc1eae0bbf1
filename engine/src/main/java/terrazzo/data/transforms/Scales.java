package terrazzo.data.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.Scale;
import terrazzo.core.Size;

/// Reads sizes the way pipelines write them: one number for a square, or a pair.
final class Scales {

    private Scales() {}

    /// `(width, height)`, or one number.
    static Optional<Scale> optional(ConfigNode c, String key) {
        return c.has(key) ? Optional.of(required(c, key)) : Optional.empty();
    }

    static Scale required(ConfigNode c, String key) {
        List<Integer> pair = pair(c, key);
        return new Scale(pair.getFirst(), pair.getLast());
    }

    /// `(height, width)`, or one number.
    static Size size(ConfigNode c, String key) {
        List<Integer> pair = pair(c, key);
        return new Size(pair.getFirst(), pair.getLast());
    }

    private static List<Integer> pair(ConfigNode c, String key) {
        List<Integer> values = c.ints(key);
        if (values.isEmpty() || values.size() > 2 || values.stream().anyMatch(v -> v < 1)) {
            throw c.error(key, "one or two whole numbers above 0", values.toString(), "");
        }
        return values;
    }

    /// One pair or a list of pairs, `(width, height)` each.
    static List<Scale> list(ConfigNode c, String key) {
        Value value = c.find(key).orElse(new Value.None());
        List<Value> items = switch (value) {
            case Value.ListValue(var v) -> v;
            case Value.TupleValue(var v) -> v;
            default -> List.of(value);
        };
        boolean nested = items.stream().anyMatch(v -> v instanceof Value.TupleValue || v instanceof Value.ListValue);
        if (!nested) {
            return List.of(required(c, key));
        }
        List<Scale> scales = new ArrayList<>();
        for (Value item : items) {
            scales.add(required(c.with(key, item), key));
        }
        return scales;
    }
}
