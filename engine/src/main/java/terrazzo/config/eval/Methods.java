package terrazzo.config.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Entry;
import terrazzo.config.eval.Item.Function;
import terrazzo.config.eval.Item.ListItem;
import terrazzo.config.eval.Item.Method;
import terrazzo.config.eval.Item.Scalar;
import terrazzo.config.eval.Item.TupleItem;
import terrazzo.config.value.Value;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// The methods of dicts, lists, tuples and texts that a config may call.
final class Methods {

    private static final Set<String> DICT =
            Set.of("update", "get", "items", "keys", "values", "copy", "pop", "setdefault", "clear");
    private static final Set<String> LIST =
            Set.of("append", "extend", "insert", "copy", "pop", "remove", "reverse", "sort", "clear", "index", "count");
    private static final Set<String> TUPLE = Set.of("index", "count");
    private static final Set<String> TEXT = Set.of(
            "format",
            "join",
            "split",
            "replace",
            "lower",
            "upper",
            "title",
            "capitalize",
            "strip",
            "lstrip",
            "rstrip",
            "startswith",
            "endswith",
            "find",
            "count",
            "zfill");

    private final Budget budget;
    private final Operators operators;

    Methods(Budget budget) {
        this.budget = budget;
        this.operators = new Operators(budget);
    }

    static boolean has(Item self, String name) {
        return switch (self) {
            case DictItem _ -> DICT.contains(name);
            case ListItem _ -> LIST.contains(name);
            case TupleItem _ -> TUPLE.contains(name);
            case Scalar(Value.Str _) -> TEXT.contains(name);
            case Scalar _, Function _, Method _ -> false;
        };
    }

    /// @param name one that [#has] knows
    Item call(Item self, String name, Arguments arguments) {
        return switch (self) {
            case DictItem dict -> ofDict(dict, name, arguments);
            case ListItem(var items) -> ofList(items, name, arguments);
            case TupleItem(var items) -> search(items, name, arguments);
            case Scalar(Value.Str(var text)) -> ofText(text, name, arguments);
            case Scalar _, Function _, Method _ -> throw new IllegalStateException("no method '" + name + "'");
        };
    }

    private Item ofDict(DictItem dict, String name, Arguments arguments) {
        SourceSpan span = arguments.span();
        List<Entry> entries = List.copyOf(dict.entries().values());
        budget.steps(entries.size(), span);
        return switch (name) {
            case "update" -> {
                Item other = new Builtins(budget).call("dict", arguments);
                if (other instanceof DictItem(var more)) {
                    more.values().forEach(e -> dict.put(e.key(), e.value(), e.span()));
                }
                yield Item.none();
            }
            case "get" ->
                dict.find(arguments.count(1, 2).at(0), span)
                        .or(() -> arguments.find(1))
                        .orElse(Item.none());
            case "items" ->
                ListItem.of(entries.stream()
                        .<Item>map(e -> new TupleItem(List.of(e.key(), e.value())))
                        .toList());
            case "keys" -> ListItem.of(dict.keys());
            case "values" -> ListItem.of(entries.stream().map(Entry::value).toList());
            case "copy" -> {
                DictItem copy = new DictItem();
                copy.entries().putAll(dict.entries());
                yield copy;
            }
            case "pop" -> {
                Entry removed =
                        dict.entries().remove(Keys.of(arguments.count(1, 2).at(0), span));
                yield removed != null
                        ? removed.value()
                        : arguments.find(1).orElseThrow(() -> notThere(arguments.at(0), span));
            }
            case "setdefault" -> {
                Item key = arguments.count(1, 2).at(0);
                if (dict.find(key, span).isEmpty()) {
                    dict.put(key, arguments.find(1).orElse(Item.none()), span);
                }
                yield dict.find(key, span).orElse(Item.none());
            }
            case "clear" -> {
                dict.entries().clear();
                yield Item.none();
            }
            default -> throw new IllegalStateException("no method '" + name + "'");
        };
    }

    private Item ofList(List<Item> items, String name, Arguments arguments) {
        SourceSpan span = arguments.span();
        budget.steps(1 + items.size() / 16, span);
        switch (name) {
            case "append" -> items.add(arguments.count(1, 1).at(0));
            case "extend" -> {
                List<Item> more =
                        List.copyOf(Sequences.items(arguments.count(1, 1).at(0), span));
                budget.steps(more.size(), span);
                items.addAll(more);
            }
            case "insert" -> {
                long index = arguments.count(2, 2).whole(0);
                items.add(Math.clamp(index < 0 ? index + items.size() : index, 0, items.size()), arguments.at(1));
            }
            case "copy" -> {
                budget.steps(items.size(), span);
                return ListItem.of(items);
            }
            case "pop" -> {
                long index = arguments.count(0, 1).positional().isEmpty() ? -1 : arguments.whole(0);
                return items.remove(Sequences.position(items.size(), index, span));
            }
            case "remove" -> items.remove(indexOf(items, arguments));
            case "reverse" -> Collections.reverse(items);
            case "sort" -> {
                items.sort((a, b) -> operators.order(a, b, span));
                if (arguments.keyword("reverse").map(Operators::truth).orElse(false)) {
                    Collections.reverse(items);
                }
            }
            case "clear" -> items.clear();
            default -> {
                return search(items, name, arguments);
            }
        }
        return Item.none();
    }

    private Item search(List<Item> items, String name, Arguments arguments) {
        return switch (name) {
            case "index" -> Item.integer(indexOf(items, arguments));
            case "count" ->
                Item.integer(items.stream()
                        .filter(i -> operators.equal(i, arguments.at(0), arguments.span(), 0))
                        .count());
            default -> throw new IllegalStateException("no method '" + name + "'");
        };
    }

    private int indexOf(List<Item> items, Arguments arguments) {
        Item wanted = arguments.count(1, 1).at(0);
        for (int i = 0; i < items.size(); i++) {
            if (operators.equal(items.get(i), wanted, arguments.span(), 0)) {
                return i;
            }
        }
        throw notThere(wanted, arguments.span());
    }

    private static ConfigException notThere(Item wanted, SourceSpan span) {
        return new ConfigException(
                span, Complaint.at("").expected("something that is there").got(Text.repr(wanted, span)));
    }

    private Item ofText(String text, String name, Arguments arguments) {
        SourceSpan span = arguments.span();
        Item result = switch (name) {
            case "format" -> Item.text(Formats.braces(text, arguments));
            case "join" -> join(text, arguments.count(1, 1));
            case "split" -> ListItem.of(split(text, arguments.count(0, 1)));
            case "replace" -> replace(text, arguments.count(2, 2));
            case "lower" -> Item.text(text.toLowerCase(Locale.ROOT));
            case "upper" -> Item.text(text.toUpperCase(Locale.ROOT));
            case "title" -> Item.text(title(text));
            case "capitalize" ->
                Item.text(
                        text.isEmpty()
                                ? ""
                                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                                        + text.substring(1).toLowerCase(Locale.ROOT));
            case "strip" -> Item.text(strip(text, true, true, arguments.count(0, 1)));
            case "lstrip" -> Item.text(strip(text, true, false, arguments.count(0, 1)));
            case "rstrip" -> Item.text(strip(text, false, true, arguments.count(0, 1)));
            case "startswith" -> Item.bool(text.startsWith(arguments.count(1, 1).text(0)));
            case "endswith" -> Item.bool(text.endsWith(arguments.count(1, 1).text(0)));
            case "find" -> Item.integer(text.indexOf(arguments.count(1, 1).text(0)));
            case "count" -> Item.integer(count(text, arguments.count(1, 1).text(0)));
            case "zfill" -> Item.text(Formats.zeros(text, Math.clamp(arguments.whole(0), 0, 1000)));
            default -> throw new IllegalStateException("no method '" + name + "'");
        };
        budget.steps(1 + (long) text.length(), span);
        return result;
    }

    private Item join(String separator, Arguments arguments) {
        SourceSpan span = arguments.span();
        List<String> parts = new ArrayList<>();
        for (Item item : Sequences.items(arguments.at(0), span)) {
            if (!(item instanceof Scalar(Value.Str(var part)))) {
                throw new ConfigException(
                        span, Complaint.at("").expected("texts to join").got(item.typeName()));
            }
            budget.steps((long) part.length() + separator.length(), span);
            parts.add(part);
        }
        return Item.text(String.join(separator, parts));
    }

    private List<Item> split(String text, Arguments arguments) {
        budget.steps(text.length(), arguments.span());
        List<String> parts = new ArrayList<>();
        if (arguments.positional().isEmpty()) {
            parts.addAll(Arrays.asList(text.strip().split("\\s+", -1)));
            parts.removeIf(String::isEmpty);
        } else {
            String separator = arguments.text(0);
            if (separator.isEmpty()) {
                throw new ConfigException(
                        arguments.span(),
                        Complaint.at("").expected("a separator").got("''"));
            }
            int start = 0;
            for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
                parts.add(text.substring(start, end));
                start = end + separator.length();
            }
            parts.add(text.substring(start));
        }
        return parts.stream().map(Item::text).toList();
    }

    private Item replace(String text, Arguments arguments) {
        String old = arguments.text(0);
        String replacement = arguments.text(1);
        long found = count(text, old);
        budget.steps(text.length() + found * replacement.length(), arguments.span());
        return Item.text(text.replace(old, replacement));
    }

    private static long count(String text, String part) {
        if (part.isEmpty()) {
            return text.length() + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static String strip(String text, boolean left, boolean right, Arguments arguments) {
        String blanks = arguments.positional().isEmpty() ? " \t\n\r\f\u000B" : arguments.text(0);
        int start = 0;
        int end = text.length();
        while (left && start < end && blanks.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (right && end > start && blanks.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetter(c);
        }
        return out.toString();
    }
}
