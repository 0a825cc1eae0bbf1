package terrazzo.config.migrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// The entries of a dict while it is translated: what is taken is gone, so that what is left is what nobody knew.
final class Entries {

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, SourceSpan> spans = new HashMap<>();

    static Entries of(DictValue dict) {
        Entries entries = new Entries();
        entries.values.putAll(dict.entries());
        entries.spans.putAll(dict.spans());
        return entries;
    }

    /// The dict `value`, or none of its entries when it is not a dict.
    static Entries of(Optional<Value> value) {
        return value.filter(DictValue.class::isInstance)
                .map(dict -> of((DictValue) dict))
                .orElseGet(Entries::new);
    }

    static Entries typed(String type) {
        return new Entries().put("type", type);
    }

    Entries put(String key, Value value) {
        values.put(key, value);
        return this;
    }

    Entries put(String key, String value) {
        return put(key, new Value.Str(value));
    }

    Entries put(String key, long value) {
        return put(key, new Value.Int(value));
    }

    Entries put(String key, double value) {
        return put(key, new Value.Real(value));
    }

    Entries put(String key, boolean value) {
        return put(key, new Value.Bool(value));
    }

    Entries put(String key, Entries value) {
        return put(key, value.dict());
    }

    Entries put(String key, Optional<Value> value) {
        value.ifPresent(v -> put(key, v));
        return this;
    }

    /// Adds all of `more`, with the places where they were written.
    Entries putAll(Entries more) {
        values.putAll(more.values);
        spans.putAll(more.spans);
        return this;
    }

    boolean has(String key) {
        return values.containsKey(key) && !(values.get(key) instanceof Value.None);
    }

    Set<String> keys() {
        return values.keySet();
    }

    /// The value of `key`, or empty when it is absent or `None`.
    Optional<Value> get(String key) {
        return has(key) ? Optional.ofNullable(values.get(key)) : Optional.empty();
    }

    /// As [#get(String)], and removes the key.
    Optional<Value> take(String key) {
        Optional<Value> value = get(key);
        values.remove(key);
        return value;
    }

    Optional<String> takeText(String key) {
        return take(key).map(v -> text(v));
    }

    boolean takeBool(String key, boolean otherwise) {
        return take(key)
                .map(v -> v instanceof Value.Bool(var b) ? b : otherwise)
                .orElse(otherwise);
    }

    Optional<Long> takeInt(String key) {
        Optional<Value> value = take(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Value.Int(var i)) {
            return Optional.of(i);
        }
        throw refused(key, "a whole number", value.get().brief(), "");
    }

    Entries drop(String... keys) {
        values.keySet().removeAll(List.of(keys));
        return this;
    }

    String type() {
        return get("type").map(Entries::text).orElse("");
    }

    static String text(Value value) {
        return value instanceof Value.Str(var text) ? text : "";
    }

    /// The items of a list or tuple; a single value is a list of one.
    static List<Value> items(Value value) {
        return switch (value) {
            case Value.ListValue(var items) -> items;
            case Value.TupleValue(var items) -> items;
            case Value.None _ -> List.of();
            case Value.Bool _, Value.Int _, Value.Real _, Value.Str _, DictValue _ -> List.of(value);
        };
    }

    static boolean isList(Value value) {
        return value instanceof Value.ListValue || value instanceof Value.TupleValue;
    }

    static Value list(Entries... items) {
        List<Value> values = new ArrayList<>();
        for (Entries item : items) {
            values.add(item.dict());
        }
        return new Value.ListValue(values);
    }

    DictValue dict() {
        return new DictValue(values, spans);
    }

    ConfigException refused(String key, String expected, String got, String advice) {
        return new ConfigException(
                spans.getOrDefault(key, SourceSpan.none("config of MMSegmentation 0.x")),
                new Complaint(key, expected, got, advice));
    }

    /// Refuses the keys that are left.
    void done(String what) {
        for (String key : values.keySet()) {
            throw refused(
                    key,
                    "a setting of " + what + " that MMSegmentation 1.x has too",
                    "'" + key + "'",
                    "remove it, or write the config for 1.x");
        }
    }
}
