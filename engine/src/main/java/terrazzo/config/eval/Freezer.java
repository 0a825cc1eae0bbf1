package terrazzo.config.eval;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Entry;
import terrazzo.config.eval.Item.Function;
import terrazzo.config.eval.Item.ListItem;
import terrazzo.config.eval.Item.Method;
import terrazzo.config.eval.Item.Scalar;
import terrazzo.config.eval.Item.TupleItem;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Turns items into immutable values and back. A list that stands in several places stays one object, so that the
/// work is proportional to what the text holds; the size as it would be printed is bounded too.
final class Freezer {

    private static final int MAX_DEPTH = 100;
    private static final long MAX_SIZE = 1_000_000;

    private record Frozen(Value value, long size) {}

    private final IdentityHashMap<Item, Frozen> frozen = new IdentityHashMap<>();

    /// The dict of all entries of `item`.
    DictValue freeze(DictItem item, SourceSpan span) {
        return (DictValue) freeze(item, span, 0).value;
    }

    private Frozen freeze(Item item, SourceSpan span, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected("at most " + MAX_DEPTH + " levels of lists and dicts")
                            .got("more"));
        }
        Frozen known = frozen.get(item);
        if (known != null) {
            return known;
        }
        Frozen result = switch (item) {
            case Scalar(var value) -> new Frozen(value, 1);
            case ListItem(var items) -> {
                List<Value> values = new ArrayList<>();
                long size = freezeAll(items, values, span, depth);
                yield new Frozen(new Value.ListValue(values), size);
            }
            case TupleItem(var items) -> {
                List<Value> values = new ArrayList<>();
                long size = freezeAll(items, values, span, depth);
                yield new Frozen(new Value.TupleValue(values), size);
            }
            case DictItem(var entries) -> {
                Map<String, Value> values = new LinkedHashMap<>();
                Map<String, SourceSpan> spans = new LinkedHashMap<>();
                long size = 1;
                for (Entry entry : entries.values()) {
                    Frozen value = freeze(entry.value(), entry.span(), depth + 1);
                    String key = Text.str(entry.key(), entry.span());
                    values.put(key, value.value);
                    spans.put(key, entry.span());
                    size = bounded(size + value.size, entry.span());
                }
                yield new Frozen(new DictValue(values, spans), size);
            }
            case Function _, Method _ ->
                throw new ConfigException(
                        span,
                        Complaint.at("")
                                .expected("a value")
                                .got(item.typeName())
                                .advice("call it with (…)"));
        };
        frozen.put(item, result);
        return result;
    }

    private long freezeAll(List<Item> items, List<Value> out, SourceSpan span, int depth) {
        long size = 1;
        for (Item item : items) {
            Frozen value = freeze(item, span, depth + 1);
            out.add(value.value);
            size = bounded(size + value.size, span);
        }
        return size;
    }

    private static long bounded(long size, SourceSpan span) {
        if (size > MAX_SIZE) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected("a config of at most " + MAX_SIZE + " values")
                            .got("more"));
        }
        return size;
    }

    /// The value as items that an evaluator can change.
    static Item thaw(Value value, SourceSpan span) {
        return switch (value) {
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _ -> new Scalar(value);
            case Value.ListValue(var items) ->
                ListItem.of(items.stream().map(v -> thaw(v, span)).toList());
            case Value.TupleValue(var items) ->
                new TupleItem(items.stream().map(v -> thaw(v, span)).toList());
            case DictValue dict -> thaw(dict, span);
        };
    }

    static DictItem thaw(DictValue dict, SourceSpan span) {
        DictItem item = new DictItem();
        dict.entries().forEach((key, value) -> {
            SourceSpan at = dict.spans().getOrDefault(key, span);
            item.put(key, thaw(value, at), at);
        });
        return item;
    }
}
