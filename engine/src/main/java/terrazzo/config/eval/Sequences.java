package terrazzo.config.eval;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Function;
import terrazzo.config.eval.Item.ListItem;
import terrazzo.config.eval.Item.Method;
import terrazzo.config.eval.Item.Scalar;
import terrazzo.config.eval.Item.TupleItem;
import terrazzo.config.value.Value;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// What can be walked through, indexed and sliced.
final class Sequences {

    private Sequences() {}

    /// What a loop over `item` sees: a list's items, a dict's keys, a text's characters.
    static List<Item> items(Item item, SourceSpan span) {
        return switch (item) {
            case ListItem(var items) -> items;
            case TupleItem(var items) -> items;
            case DictItem dict -> dict.keys();
            case Scalar(Value.Str(var text)) ->
                text.codePoints()
                        .mapToObj(c -> Item.text(Character.toString(c)))
                        .toList();
            case Scalar _, Function _, Method _ ->
                throw new ConfigException(
                        span,
                        Complaint.at("").expected("a list, tuple, dict or text").got(item.typeName()));
        };
    }

    /// `target[index]` with a whole number.
    static Item at(Item target, long index, SourceSpan span) {
        List<Item> items = items(target, span);
        return items.get(position(items.size(), index, span));
    }

    static int position(int size, long index, SourceSpan span) {
        long position = index < 0 ? index + size : index;
        if (position < 0 || position >= size) {
            throw new ConfigException(
                    span, Complaint.at("").expected("an index below " + size).got(Long.toString(index)));
        }
        return (int) position;
    }

    /// `target[lower:upper:step]` with Python's defaults; empty bounds are `null`-free by [Expressions].
    static Item slice(Item target, Bounds bounds, SourceSpan span) {
        List<Item> items = items(target, span);
        List<Item> picked = new ArrayList<>();
        int size = items.size();
        long step = bounds.step;
        if (step == 0) {
            throw new ConfigException(
                    span, Complaint.at("").expected("a step other than 0").got("0"));
        }
        long low = step > 0 ? 0 : -1;
        long high = step > 0 ? size : size - 1;
        long from = bounds.hasLower ? clamp(bounds.lower, size, low, high) : step > 0 ? low : high;
        long to = bounds.hasUpper ? clamp(bounds.upper, size, low, high) : step > 0 ? high : low;
        for (long i = from; step > 0 ? i < to : i > to; i = Math.addExact(i, Math.clamp(step, -size - 1, size + 1))) {
            picked.add(items.get((int) i));
        }
        return switch (target) {
            case TupleItem _ -> new TupleItem(List.copyOf(picked));
            case Scalar _ ->
                Item.text(String.join(
                        "", picked.stream().map(i -> Text.str(i, span)).toList()));
            case ListItem _, DictItem _, Function _, Method _ -> new ListItem(picked);
        };
    }

    private static long clamp(long index, int size, long low, long high) {
        return Math.clamp(index < 0 ? index + size : index, low, high);
    }

    /// The three numbers of a slice; a bound that is not there counts as the end of its side.
    record Bounds(boolean hasLower, long lower, boolean hasUpper, long upper, long step) {}
}
