package terrazzo.train.hooks;

import java.util.Locale;
import java.util.Map;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// mmengine's names for the order of hooks.
final class Priority {

    static final int VERY_HIGH = 10;
    static final int NORMAL = 50;
    static final int BELOW_NORMAL = 60;
    static final int LOW = 70;
    static final int VERY_LOW = 90;

    private static final Map<String, Integer> BY_NAME = Map.of(
            "HIGHEST", 0,
            "VERY_HIGH", VERY_HIGH,
            "HIGH", 30,
            "ABOVE_NORMAL", 40,
            "NORMAL", NORMAL,
            "BELOW_NORMAL", BELOW_NORMAL,
            "LOW", LOW,
            "VERY_LOW", VERY_LOW,
            "LOWEST", 100);

    private Priority() {}

    /// The `priority` of a hook's settings: a name or a number from 0 to 100.
    static int read(ConfigNode c, int otherwise) {
        return c.find("priority")
                .map(value -> switch (value) {
                    case Value.Int(var n) when n >= 0 && n <= 100 -> (int) n;
                    case Value.Str(var name)
                    when BY_NAME.containsKey(name.toUpperCase(Locale.ROOT)) ->
                        BY_NAME.getOrDefault(name.toUpperCase(Locale.ROOT), otherwise);
                    default -> throw c.error("priority", "a name such as 'NORMAL', or 0 to 100", value.brief(), "");
                })
                .orElse(otherwise);
    }
}
