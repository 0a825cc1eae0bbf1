package terrazzo.train.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Reads an optimizer's settings into the order and the types that PyTorch keeps them in.
final class SettingsReader {

    private final ConfigNode config;
    private final Map<String, PickleValue> settings = new LinkedHashMap<>();

    SettingsReader(ConfigNode config) {
        config.ignoring("type");
        this.config = config;
    }

    /// A number that must be there.
    SettingsReader required(String key) {
        notBelowZero(key, config.number(key));
        return put(key, config.find(key).orElseThrow());
    }

    /// A number from 0 on.
    SettingsReader number(String key, Value otherwise) {
        notBelowZero(key, config.number(key, 0));
        return put(key, config.find(key).orElse(otherwise));
    }

    /// Two numbers from 0 to 1, 1 excluded.
    SettingsReader betas() {
        return pair("betas", 0.9, 0.999, 1);
    }

    /// Two numbers from 0 on.
    SettingsReader pair(String key, double first, double second, double below) {
        List<Double> numbers = config.numbers(key, List.of(first, second));
        if (numbers.size() != 2 || numbers.stream().anyMatch(n -> !(n >= 0 && n < below))) {
            String range = below == Double.POSITIVE_INFINITY ? "from 0 on" : "from 0 to " + below + " (excluded)";
            throw config.error(key, "two numbers " + range, numbers.toString(), "");
        }
        settings.put(key, PickleValue.Tuple.of(PickleValue.of(numbers.get(0)), PickleValue.of(numbers.get(1))));
        return this;
    }

    SettingsReader flag(String key) {
        settings.put(key, PickleValue.of(config.bool(key, false)));
        return this;
    }

    /// How PyTorch carries the step out, which changes no figure: kept, and of no effect here.
    SettingsReader manner(String key) {
        Optional<Value> given = config.find(key);
        boolean flag = key.equals("capturable") || key.equals("differentiable") || key.equals("fused");
        return put(key, given.orElse(flag ? new Value.Bool(false) : new Value.None()));
    }

    Map<String, PickleValue> settings() {
        return settings;
    }

    private SettingsReader put(String key, Value value) {
        settings.put(key, Pickled.of(value));
        return this;
    }

    private void notBelowZero(String key, double number) {
        if (!(number >= 0)) {
            throw config.error(key, "a number from 0 on", Double.toString(number), "");
        }
    }
}
