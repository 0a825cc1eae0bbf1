package terrazzo.train.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.checkpoint.PickleValue;

/// Weights that move by the same settings: PyTorch's parameter group. The settings are changed by schedules while
/// training; one thread trains.
public final class ParamGroup {

    private final List<String> keys;
    private final Map<String, PickleValue> settings;

    /// @param keys state-dict keys of the weights, in order
    /// @param own what this group says itself, for example `lr`; what it doesn't say comes from the optimizer
    public ParamGroup(List<String> keys, Map<String, PickleValue> own) {
        this.keys = List.copyOf(keys);
        this.settings = new LinkedHashMap<>(own);
    }

    /// State-dict keys of the weights, in order.
    public List<String> keys() {
        return keys;
    }

    /// All settings but the weights themselves, in PyTorch's order.
    public Map<String, PickleValue> settings() {
        return Collections.unmodifiableMap(settings);
    }

    public boolean has(String setting) {
        return settings.containsKey(setting);
    }

    /// A setting that is a number.
    ///
    /// @throws IllegalArgumentException when there is no such number
    public double number(String setting) {
        return Optional.ofNullable(settings.get(setting))
                .flatMap(PickleValue::asDouble)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a number among " + settings.keySet() + ", got '" + setting + "'"));
    }

    /// A setting that is a pair or a list of numbers, `betas` for example.
    public List<Double> numbers(String setting) {
        return settings.getOrDefault(setting, new PickleValue.None()).asItems().stream()
                .map(v -> v.asDouble().orElseThrow())
                .toList();
    }

    /// Whether a setting is on.
    public boolean flag(String setting) {
        return settings.get(setting) instanceof PickleValue.Bool(var on) && on;
    }

    /// Changes a setting, or adds it at the end.
    public void set(String setting, double number) {
        settings.put(setting, PickleValue.of(number));
    }

    /// Sets a number unless the setting is there.
    public void setDefault(String setting, double number) {
        settings.putIfAbsent(setting, PickleValue.of(number));
    }

    /// The learning rate.
    public double lr() {
        return number("lr");
    }

    /// What logs call momentum: SGD's, or the first beta of the Adam family, or 0.
    public double momentum() {
        if (has("momentum")) {
            return number("momentum");
        }
        return has("betas") ? numbers("betas").getFirst() : 0;
    }

    /// Sets what [#momentum()] gives; the first beta changes, too, where there are betas.
    public void momentum(double momentum) {
        set("momentum", momentum);
        if (has("betas")) {
            settings.put(
                    "betas",
                    PickleValue.Tuple.of(
                            PickleValue.of(momentum),
                            PickleValue.of(numbers("betas").get(1))));
        }
    }

    /// Adds the settings that this group doesn't say itself.
    void complete(Map<String, PickleValue> defaults) {
        defaults.forEach(settings::putIfAbsent);
    }

    /// Takes all settings from a checkpoint; those that it doesn't have, because it is older, stay.
    void restore(Map<String, PickleValue> saved) {
        Map<String, PickleValue> before = new LinkedHashMap<>(settings);
        settings.clear();
        settings.putAll(saved);
        complete(before);
    }
}
