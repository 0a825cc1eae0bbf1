package terrazzo.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;
import terrazzo.config.value.Value.TupleValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;
import terrazzo.core.error.SourceSpan;

/// One dict of a resolved config, read key by key. A reader asks for every key that it knows and then calls [#done()],
/// which rejects the keys that nobody asked for: a misspelt key is an error with a suggestion, not a silent default.
///
/// `None` counts as absent for every reader with a default. Not thread-safe: one thread reads a config.
public final class ConfigNode {

    private final DictValue dict;
    private final String path;
    private final SourceSpan span;
    private final Set<String> asked = new LinkedHashSet<>();

    private ConfigNode(DictValue dict, String path, SourceSpan span) {
        this.dict = dict;
        this.path = path;
        this.span = span;
    }

    /// The root of a config.
    ///
    /// @param origin the config's file name, used in messages
    public static ConfigNode root(DictValue dict, String origin) {
        return new ConfigNode(dict, "", SourceSpan.none(origin));
    }

    /// A dict that says nothing but its type, for parts that a config leaves to their defaults.
    ///
    /// @param path where it would stand
    public static ConfigNode ofType(String type, String path) {
        return new ConfigNode(DictValue.of(Map.of("type", new Value.Str(type))), path, SourceSpan.none("<default>"));
    }

    /// Where this dict stands in the config, for example `model.decode_head`; empty for the root.
    public String path() {
        return path;
    }

    /// The place in the text where this dict was written.
    public SourceSpan span() {
        return span;
    }

    /// The dict itself; reading it does not count as asking for its keys.
    public DictValue dict() {
        return dict;
    }

    /// The registered name under `type`, without a scope such as `mmseg.`.
    ///
    /// @throws ConfigException when `type` is missing or not text
    public String type() {
        String type = string("type");
        return type.startsWith("mmseg.") ? type.substring("mmseg.".length()) : type;
    }

    /// Whether `key` is there with a value other than `None`. Counts as asking for it.
    public boolean has(String key) {
        return find(key).isPresent();
    }

    /// The raw value of `key`, or empty when it is absent or `None`. Counts as asking for it.
    public Optional<Value> find(String key) {
        asked.add(key);
        Value value = dict.entries().get(key);
        return value == null || value instanceof Value.None ? Optional.empty() : Optional.of(value);
    }

    /// The keys in the order in which they were written.
    public Set<String> keys() {
        return dict.entries().keySet();
    }

    /// Marks keys as read that mean nothing to us but stand in configs that users have.
    public ConfigNode ignoring(String... keys) {
        asked.addAll(List.of(keys));
        return this;
    }

    public String string(String key) {
        return asString(key, required(key));
    }

    public String string(String key, String otherwise) {
        return find(key).map(v -> asString(key, v)).orElse(otherwise);
    }

    public int integer(String key) {
        return asInt(key, required(key));
    }

    public int integer(String key, int otherwise) {
        return find(key).map(v -> asInt(key, v)).orElse(otherwise);
    }

    public double number(String key) {
        return asDouble(key, required(key));
    }

    public double number(String key, double otherwise) {
        return find(key).map(v -> asDouble(key, v)).orElse(otherwise);
    }

    public boolean bool(String key, boolean otherwise) {
        return find(key)
                .map(v -> switch (v) {
                    case Value.Bool(var b) -> b;
                    case Value.Int(var i) -> i != 0;
                    default -> throw wrongType(key, "True or False", v);
                })
                .orElse(otherwise);
    }

    /// A list or tuple of whole numbers; a single number counts as a list of one.
    public List<Integer> ints(String key) {
        return items(key, required(key)).stream().map(v -> asInt(key, v)).toList();
    }

    public List<Integer> ints(String key, List<Integer> otherwise) {
        return has(key) ? ints(key) : otherwise;
    }

    /// A list or tuple of numbers; a single number counts as a list of one.
    public List<Double> numbers(String key) {
        return items(key, required(key)).stream().map(v -> asDouble(key, v)).toList();
    }

    public List<Double> numbers(String key, List<Double> otherwise) {
        return has(key) ? numbers(key) : otherwise;
    }

    public List<String> strings(String key) {
        return items(key, required(key)).stream().map(v -> asString(key, v)).toList();
    }

    public List<String> strings(String key, List<String> otherwise) {
        return has(key) ? strings(key) : otherwise;
    }

    /// The dict under `key`.
    public ConfigNode node(String key) {
        return asNode(key, required(key), path(key));
    }

    /// The dict under `key`, or empty when it is absent or `None`.
    public Optional<ConfigNode> optionalNode(String key) {
        return find(key).map(v -> asNode(key, v, path(key)));
    }

    /// The dicts under `key`: a list of dicts, or one dict as a list of one; empty when absent.
    public List<ConfigNode> nodes(String key) {
        Optional<Value> found = find(key);
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.get() instanceof DictValue) {
            return List.of(asNode(key, found.get(), path(key)));
        }
        List<ConfigNode> nodes = new ArrayList<>();
        for (Value item : items(key, found.get())) {
            nodes.add(asNode(key, item, path(key) + "[" + nodes.size() + "]"));
        }
        return nodes;
    }

    /// Whether the value under `key` is a list or tuple (and not a single dict or number).
    public boolean isList(String key) {
        return find(key)
                .map(v -> v instanceof ListValue || v instanceof TupleValue)
                .orElse(false);
    }

    /// The same node with `key` set to `value`; nothing is asked for yet in the copy.
    public ConfigNode with(String key, Value value) {
        Map<String, Value> entries = new LinkedHashMap<>(dict.entries());
        entries.put(key, value);
        return new ConfigNode(new DictValue(entries, dict.spans()), path, span);
    }

    /// Rejects keys that nobody asked for.
    ///
    /// @throws ConfigException naming the first such key and the nearest known one
    public void done() {
        for (String key : dict.entries().keySet()) {
            if (!asked.contains(key)) {
                String suggestion = Nearest.suggestion(key, asked);
                throw error(
                        key,
                        Complaint.at("")
                                .got("unknown key")
                                .advice(suggestion.isEmpty() ? "known keys: " + String.join(", ", asked) : suggestion));
            }
        }
    }

    /// An error at `key` of this dict; the complaint's `where` is set from the config path and the place in the text.
    public ConfigException error(String key, Complaint complaint) {
        return new ConfigException(dict.spans().getOrDefault(key, span), complaint.within(path(key)));
    }

    /// An error at `key`: `path.key: expected …, got … — advice`.
    public ConfigException error(String key, String expected, String got, String advice) {
        return error(key, new Complaint("", expected, got, advice));
    }

    private Value required(String key) {
        return find(key)
                .orElseThrow(() -> keys().contains(key)
                        ? error(key, "a value", "None", "")
                        : error(key, "a value", "nothing", Nearest.suggestion(key, keys())));
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private ConfigException wrongType(String key, String expected, Value got) {
        return error(key, expected, got.brief(), "");
    }

    private String asString(String key, Value value) {
        if (value instanceof Value.Str(var text)) {
            return text;
        }
        throw wrongType(key, "text", value);
    }

    private int asInt(String key, Value value) {
        return switch (value) {
            case Value.Int(var i) when i == (int) i -> (int) i;
            case Value.Real(var d) when d == Math.rint(d) && Math.abs(d) < Integer.MAX_VALUE -> (int) d;
            case Value.Bool(var b) -> b ? 1 : 0;
            default -> throw wrongType(key, "a whole number", value);
        };
    }

    private double asDouble(String key, Value value) {
        return switch (value) {
            case Value.Int(var i) -> i;
            case Value.Real(var d) -> d;
            default -> throw wrongType(key, "a number", value);
        };
    }

    private List<Value> items(String key, Value value) {
        return switch (value) {
            case ListValue(var items) -> items;
            case TupleValue(var items) -> items;
            case Value.Int _, Value.Real _, Value.Str _, Value.Bool _ -> List.of(value);
            default -> throw wrongType(key, "a list", value);
        };
    }

    private ConfigNode asNode(String key, Value value, String at) {
        if (value instanceof DictValue d) {
            return new ConfigNode(d, at, dict.spans().getOrDefault(key, span));
        }
        throw wrongType(key, "a dict", value);
    }
}
