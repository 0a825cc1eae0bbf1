package terrazzo.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;
import terrazzo.config.value.Value.TupleValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Inheritance: dicts are merged key by key, everything else is replaced. `_delete_=True` in a dict drops what the
/// base has there.
final class Merge {

    private static final String DELETE_KEY = "_delete_";

    private Merge() {}

    /// `child` merged into `base`.
    ///
    /// @param span where the child starts, for keys without a place of their own
    static DictValue into(DictValue base, DictValue child, SourceSpan span) {
        return into(base, child, "", span);
    }

    private static DictValue into(DictValue base, DictValue child, String path, SourceSpan span) {
        Map<String, Value> entries = new LinkedHashMap<>(base.entries());
        Map<String, SourceSpan> spans = new HashMap<>(base.spans());
        for (var entry : child.entries().entrySet()) {
            String key = entry.getKey();
            Value old = entries.get(key);
            SourceSpan at = child.spans().getOrDefault(key, span);
            String inner = path.isEmpty() ? key : path + "." + key;
            if (entry.getValue() instanceof DictValue dict && old != null && !deletes(dict)) {
                entries.put(key, inherit(old, dict, inner, at));
            } else {
                entries.put(key, withoutMarks(entry.getValue()));
            }
            spans.put(key, at);
        }
        return new DictValue(entries, spans);
    }

    private static DictValue inherit(Value old, DictValue child, String path, SourceSpan span) {
        if (old instanceof DictValue base) {
            return into(base, child, path, span);
        }
        throw new ConfigException(
                span,
                Complaint.at(path)
                        .expected("a " + old.typeName() + " as in the base config")
                        .got("a dict")
                        .advice("add _delete_=True to replace what the base has"));
    }

    private static boolean deletes(DictValue dict) {
        return dict.entries().get(DELETE_KEY) instanceof Value.Bool(var yes) && yes;
    }

    /// The value without `_delete_` where there was nothing to delete.
    private static Value withoutMarks(Value value) {
        return switch (value) {
            case DictValue dict -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                dict.entries().forEach((key, v) -> {
                    if (!key.equals(DELETE_KEY)) {
                        entries.put(key, withoutMarks(v));
                    }
                });
                yield new DictValue(entries, dict.spans());
            }
            case ListValue(var items) ->
                new ListValue(items.stream().map(Merge::withoutMarks).toList());
            case TupleValue(var items) ->
                new TupleValue(items.stream().map(Merge::withoutMarks).toList());
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _ -> value;
        };
    }

    /// One setting of the command line: the value at `keys`, where a number can be an index of a list. A dict merges
    /// as a child config would.
    static Value set(Value target, List<String> keys, Value value, SourceSpan span) {
        if (keys.isEmpty()) {
            return value instanceof DictValue child && target instanceof DictValue base && !deletes(child)
                    ? into(base, child, span)
                    : withoutMarks(value);
        }
        return switch (target) {
            case DictValue dict -> {
                int length = matching(dict, keys);
                String key = String.join(".", keys.subList(0, length));
                Map<String, Value> entries = new LinkedHashMap<>(dict.entries());
                Map<String, SourceSpan> spans = new HashMap<>(dict.spans());
                Value old = entries.getOrDefault(key, DictValue.of(Map.of()));
                entries.put(key, set(old, keys.subList(length, keys.size()), value, span));
                spans.put(key, span);
                yield new DictValue(entries, spans);
            }
            case ListValue(var items) -> new ListValue(setItem(items, keys, value, span));
            case TupleValue(var items) -> new TupleValue(setItem(items, keys, value, span));
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _ ->
                throw new ConfigException(
                        span,
                        Complaint.at("")
                                .expected("a dict or list that has '" + keys.getFirst() + "'")
                                .got(target.brief()));
        };
    }

    /// How many of `keys` make up one key of `dict`: keys can hold dots, as parameter names do.
    private static int matching(DictValue dict, List<String> keys) {
        for (int length = keys.size(); length > 1; length--) {
            if (dict.entries().containsKey(String.join(".", keys.subList(0, length)))
                    && !dict.entries().containsKey(keys.getFirst())) {
                return length;
            }
        }
        return 1;
    }

    private static List<Value> setItem(List<Value> items, List<String> keys, Value value, SourceSpan span) {
        String key = keys.getFirst();
        if (!key.matches("\\d{1,9}") || Integer.parseInt(key) >= items.size()) {
            throw new ConfigException(
                    span,
                    Complaint.at("").expected("an index below " + items.size()).got("'" + key + "'"));
        }
        List<Value> changed = new ArrayList<>(items);
        int index = Integer.parseInt(key);
        changed.set(index, set(items.get(index), keys.subList(1, keys.size()), value, span));
        return changed;
    }
}
