package terrazzo.config.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Entry;
import terrazzo.config.eval.Item.ListItem;
import terrazzo.config.eval.Item.Scalar;
import terrazzo.config.eval.Item.TupleItem;
import terrazzo.config.syntax.Node.BinaryOperator;
import terrazzo.config.value.Value;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// The functions that a config may call: those of Python that only make values out of values.
final class Builtins {

    static final Set<String> NAMES = Set.of(
            "dict",
            "list",
            "tuple",
            "int",
            "float",
            "str",
            "bool",
            "len",
            "range",
            "sum",
            "min",
            "max",
            "abs",
            "round",
            "sorted",
            "reversed",
            "enumerate",
            "zip",
            "any",
            "all");

    private final Budget budget;
    private final Operators operators;

    Builtins(Budget budget) {
        this.budget = budget;
        this.operators = new Operators(budget);
    }

    Item call(String name, Arguments arguments) {
        SourceSpan span = arguments.span();
        return switch (name) {
            case "dict" -> dict(arguments.count(0, 1));
            case "list" -> ListItem.of(walk(arguments.count(0, 1)));
            case "tuple" -> new TupleItem(List.copyOf(walk(arguments.count(0, 1))));
            case "int" -> integer(arguments.count(0, 1));
            case "float" -> real(arguments.count(0, 1));
            case "str" ->
                Item.text(arguments.find(0).map(i -> Text.str(i, span)).orElse(""));
            case "bool" -> Item.bool(arguments.find(0).map(Operators::truth).orElse(false));
            case "len" ->
                Item.integer(Sequences.items(arguments.count(1, 1).at(0), span).size());
            case "range" -> range(arguments.count(1, 3));
            case "sum" -> sum(arguments.count(1, 2));
            case "min" -> Collections.min(candidates(arguments), order(span));
            case "max" -> Collections.max(candidates(arguments), order(span));
            case "abs" -> absolute(arguments.count(1, 1));
            case "round" -> round(arguments.count(1, 2));
            case "sorted" -> sorted(arguments.count(1, 1));
            case "reversed" -> ListItem.of(walk(arguments.count(1, 1)).reversed());
            case "enumerate" -> enumerate(arguments.count(1, 2));
            case "zip" -> zip(arguments);
            case "any" -> Item.bool(walk(arguments.count(1, 1)).stream().anyMatch(Operators::truth));
            case "all" -> Item.bool(walk(arguments.count(1, 1)).stream().allMatch(Operators::truth));
            default -> throw new IllegalStateException("no function '" + name + "'");
        };
    }

    private Comparator<Item> order(SourceSpan span) {
        return (a, b) -> operators.order(a, b, span);
    }

    private List<Item> walk(Arguments arguments) {
        List<Item> items =
                arguments.positional().isEmpty() ? List.of() : Sequences.items(arguments.at(0), arguments.span());
        budget.steps(items.size(), arguments.span());
        return items;
    }

    private DictItem dict(Arguments arguments) {
        DictItem dict = new DictItem();
        SourceSpan span = arguments.span();
        if (!arguments.positional().isEmpty()) {
            if (arguments.at(0) instanceof DictItem(var entries)) {
                dict.entries().putAll(entries);
            } else {
                for (Item pair : walk(arguments)) {
                    dict.put(Sequences.at(pair, 0, span), Sequences.at(pair, 1, span), span);
                }
            }
        }
        for (Entry entry : arguments.keywords().entries().values()) {
            dict.put(entry.key(), entry.value(), entry.span());
        }
        budget.steps(dict.entries().size(), span);
        return dict;
    }

    private static Item integer(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            return Item.integer(0);
        }
        Item item = arguments.at(0);
        if (item instanceof Scalar(Value.Str(var text))) {
            try {
                return Item.integer(Long.parseLong(text.strip().replace("_", "")));
            } catch (NumberFormatException _) {
                throw unread("a whole number", text, arguments.span());
            }
        }
        if (Operators.isWhole(item)) {
            return Item.integer(Operators.whole(item, arguments.span()));
        }
        double value = Operators.real(item, arguments.span());
        if (Double.isNaN(value) || Math.abs(value) >= 0x1p63) {
            throw unread("a whole number of at most 64 bits", Double.toString(value), arguments.span());
        }
        return Item.integer((long) value);
    }

    private static Item real(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            return Item.real(0);
        }
        if (arguments.at(0) instanceof Scalar(Value.Str(var text))) {
            return switch (text.strip().replace("+", "")) {
                case "inf", "Infinity", "infinity" -> Item.real(Double.POSITIVE_INFINITY);
                case "-inf", "-Infinity", "-infinity" -> Item.real(Double.NEGATIVE_INFINITY);
                case "nan", "NaN" -> Item.real(Double.NaN);
                default -> {
                    try {
                        yield Item.real(Double.parseDouble(text.strip()));
                    } catch (NumberFormatException _) {
                        throw unread("a number", text, arguments.span());
                    }
                }
            };
        }
        return Item.real(Operators.real(arguments.at(0), arguments.span()));
    }

    private static ConfigException unread(String expected, String got, SourceSpan span) {
        return new ConfigException(span, Complaint.at("").expected(expected).got("'" + got + "'"));
    }

    private Item range(Arguments arguments) {
        SourceSpan span = arguments.span();
        boolean bounded = arguments.positional().size() > 1;
        long from = bounded ? arguments.whole(0) : 0;
        long to = arguments.whole(bounded ? 1 : 0);
        long step = arguments.positional().size() > 2 ? arguments.whole(2) : 1;
        if (step == 0) {
            throw unread("a step other than 0", "0", span);
        }
        double count = Math.ceil(((double) to - from) / step);
        budget.steps(count > Budget.MAX_LENGTH ? Long.MAX_VALUE : Math.max(0, (long) count), span);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(Item.integer(from + i * step));
        }
        return new ListItem(items);
    }

    private Item sum(Arguments arguments) {
        Item total = arguments.find(1).orElse(Item.integer(0));
        for (Item item : walk(arguments)) {
            total = operators.binary(BinaryOperator.ADD, total, item, arguments.span());
        }
        return total;
    }

    private List<Item> candidates(Arguments arguments) {
        List<Item> items = arguments.positional().size() == 1 ? walk(arguments) : arguments.positional();
        if (items.isEmpty()) {
            throw new ConfigException(
                    arguments.span(),
                    Complaint.at("").expected("at least one value").got("none"));
        }
        return items;
    }

    private static Item absolute(Arguments arguments) {
        Item item = arguments.at(0);
        SourceSpan span = arguments.span();
        return Operators.isWhole(item)
                ? Item.integer(Math.abs(Operators.whole(item, span)))
                : Item.real(Math.abs(Operators.real(item, span)));
    }

    private static Item round(Arguments arguments) {
        SourceSpan span = arguments.span();
        if (Operators.isWhole(arguments.at(0))) {
            return arguments.at(0);
        }
        double value = Operators.real(arguments.at(0), span);
        if (arguments.positional().size() == 1) {
            return integer(new Arguments(List.of(Item.real(Math.rint(value))), new DictItem(), span));
        }
        long digits = Math.clamp(arguments.whole(1), -400, 400);
        return Double.isFinite(value)
                ? Item.real(new BigDecimal(value)
                        .setScale((int) digits, RoundingMode.HALF_EVEN)
                        .doubleValue())
                : Item.real(value);
    }

    private Item sorted(Arguments arguments) {
        List<Item> items = new ArrayList<>(walk(arguments));
        items.sort(order(arguments.span()));
        boolean reverse = arguments.keyword("reverse").map(Operators::truth).orElse(false);
        return ListItem.of(reverse ? items.reversed() : items);
    }

    private Item enumerate(Arguments arguments) {
        long index = arguments
                .find(1)
                .or(() -> arguments.keyword("start"))
                .map(i -> Operators.whole(i, arguments.span()))
                .orElse(0L);
        List<Item> pairs = new ArrayList<>();
        for (Item item : walk(arguments)) {
            pairs.add(new TupleItem(List.of(Item.integer(index), item)));
            index++;
        }
        return new ListItem(pairs);
    }

    private Item zip(Arguments arguments) {
        List<List<Item>> columns = arguments.positional().stream()
                .map(i -> Sequences.items(i, arguments.span()))
                .toList();
        int rows = columns.stream().mapToInt(List::size).min().orElse(0);
        budget.steps((long) rows * columns.size(), arguments.span());
        List<Item> tuples = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int at = row;
            tuples.add(new TupleItem(columns.stream().map(c -> c.get(at)).toList()));
        }
        return new ListItem(tuples);
    }
}
