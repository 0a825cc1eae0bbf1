package terrazzo.config.eval;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Entry;
import terrazzo.config.eval.Item.Function;
import terrazzo.config.eval.Item.ListItem;
import terrazzo.config.eval.Item.Method;
import terrazzo.config.eval.Item.Scalar;
import terrazzo.config.eval.Item.TupleItem;
import terrazzo.config.syntax.Node.BinaryOperator;
import terrazzo.config.syntax.Node.Comparator;
import terrazzo.config.syntax.Node.UnaryOperator;
import terrazzo.config.value.Value;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Operators with Python's meaning; whole numbers have 64 bits and say so when that is too few.
final class Operators {

    private final Budget budget;

    Operators(Budget budget) {
        this.budget = budget;
    }

    static boolean truth(Item item) {
        return switch (item) {
            case Scalar(var value) ->
                switch (value) {
                    case Value.None _ -> false;
                    case Value.Bool(var b) -> b;
                    case Value.Int(var i) -> i != 0;
                    case Value.Real(var d) -> d != 0;
                    case Value.Str(var s) -> !s.isEmpty();
                    case Value.ListValue _, Value.TupleValue _, Value.DictValue _ -> true;
                };
            case TupleItem(var items) -> !items.isEmpty();
            case ListItem(var items) -> !items.isEmpty();
            case DictItem(var entries) -> !entries.isEmpty();
            case Function _, Method _ -> true;
        };
    }

    static boolean isNumber(Item item) {
        return item instanceof Scalar(var v)
                && (v instanceof Value.Int || v instanceof Value.Real || v instanceof Value.Bool);
    }

    static boolean isWhole(Item item) {
        return item instanceof Scalar(var v) && (v instanceof Value.Int || v instanceof Value.Bool);
    }

    /// A whole number, as an index or a count.
    static long whole(Item item, SourceSpan span) {
        return switch (item) {
            case Scalar(Value.Int(var i)) -> i;
            case Scalar(Value.Bool(var b)) -> b ? 1 : 0;
            default -> throw mismatch("a whole number", item, span);
        };
    }

    static double real(Item item, SourceSpan span) {
        return switch (item) {
            case Scalar(Value.Real(var d)) -> d;
            case Scalar(Value.Int(var i)) -> i;
            case Scalar(Value.Bool(var b)) -> b ? 1 : 0;
            default -> throw mismatch("a number", item, span);
        };
    }

    Item unary(UnaryOperator operator, Item operand, SourceSpan span) {
        return switch (operator) {
            case NOT -> Item.bool(!truth(operand));
            case INVERT -> Item.integer(~whole(operand, span));
            case PLUS -> isWhole(operand) ? Item.integer(whole(operand, span)) : Item.real(real(operand, span));
            case MINUS ->
                isWhole(operand)
                        ? binary(BinaryOperator.SUBTRACT, Item.integer(0), operand, span)
                        : Item.real(-real(operand, span));
        };
    }

    Item binary(BinaryOperator operator, Item left, Item right, SourceSpan span) {
        if (isWhole(left) && isWhole(right)) {
            return wholes(operator, whole(left, span), whole(right, span), span);
        }
        if (isNumber(left) && isNumber(right)) {
            return reals(operator, real(left, span), real(right, span), span);
        }
        if (operator == BinaryOperator.MODULO && left instanceof Scalar(Value.Str(var format))) {
            String text = Formats.percent(format, right, span);
            budget.steps(text.length(), span);
            return Item.text(text);
        }
        return switch (operator) {
            case ADD -> concatenate(left, right, span);
            case MULTIPLY -> isWhole(left) ? repeat(right, left, span) : repeat(left, right, span);
            case BIT_OR -> union(left, right, span);
            default -> throw unfit(operator, left, right, span);
        };
    }

    private static ConfigException unfit(BinaryOperator operator, Item left, Item right, SourceSpan span) {
        return new ConfigException(
                span,
                Complaint.at("")
                        .expected("operands that fit '" + operator.text() + "'")
                        .got(left.typeName() + " and " + right.typeName()));
    }

    private Item union(Item left, Item right, SourceSpan span) {
        if (!(left instanceof DictItem(var a)) || !(right instanceof DictItem(var b))) {
            throw unfit(BinaryOperator.BIT_OR, left, right, span);
        }
        DictItem union = new DictItem();
        budget.steps((long) a.size() + b.size(), span);
        union.entries().putAll(a);
        union.entries().putAll(b);
        return union;
    }

    private Item concatenate(Item left, Item right, SourceSpan span) {
        if (left instanceof Scalar(Value.Str(var a)) && right instanceof Scalar(Value.Str(var b))) {
            budget.steps((long) a.length() + b.length(), span);
            return Item.text(a + b);
        }
        boolean lists = left instanceof ListItem && right instanceof ListItem;
        boolean tuples = left instanceof TupleItem && right instanceof TupleItem;
        if (!lists && !tuples) {
            throw unfit(BinaryOperator.ADD, left, right, span);
        }
        List<Item> first = Sequences.items(left, span);
        List<Item> second = Sequences.items(right, span);
        budget.steps((long) first.size() + second.size(), span);
        List<Item> items = new ArrayList<>(first);
        items.addAll(second);
        return lists ? new ListItem(items) : new TupleItem(List.copyOf(items));
    }

    private Item repeat(Item sequence, Item times, SourceSpan span) {
        boolean text = sequence instanceof Scalar(Value.Str _);
        if (!isWhole(times) || !(text || sequence instanceof ListItem || sequence instanceof TupleItem)) {
            throw unfit(BinaryOperator.MULTIPLY, sequence, times, span);
        }
        long count = Math.max(0, whole(times, span));
        int length = text
                ? Text.str(sequence, span).length()
                : Sequences.items(sequence, span).size();
        if (length > 0 && count > Budget.MAX_LENGTH) {
            budget.steps(Long.MAX_VALUE, span);
        }
        budget.steps(count * length, span);
        if (text) {
            return Item.text(length == 0 ? "" : Text.str(sequence, span).repeat((int) count));
        }
        List<Item> items = new ArrayList<>();
        for (long i = 0; i < count && length > 0; i++) {
            items.addAll(List.copyOf(Sequences.items(sequence, span)));
        }
        return sequence instanceof ListItem ? new ListItem(items) : new TupleItem(List.copyOf(items));
    }

    private static Item wholes(BinaryOperator operator, long a, long b, SourceSpan span) {
        try {
            return switch (operator) {
                case ADD -> Item.integer(Math.addExact(a, b));
                case SUBTRACT -> Item.integer(Math.subtractExact(a, b));
                case MULTIPLY -> Item.integer(Math.multiplyExact(a, b));
                case DIVIDE -> Item.real((double) a / (double) nonZero(b, span));
                case FLOOR_DIVIDE -> Item.integer(Math.floorDiv(a, nonZero(b, span)));
                case MODULO -> Item.integer(Math.floorMod(a, nonZero(b, span)));
                case POWER ->
                    b < 0 ? Item.real(Math.pow((double) nonZero(a, span), (double) b)) : Item.integer(power(a, b));
                case SHIFT_LEFT -> Item.integer(Math.multiplyExact(a, power(2, b)));
                case SHIFT_RIGHT -> Item.integer(a >> Math.clamp(b, 0, 63));
                case BIT_AND -> Item.integer(a & b);
                case BIT_OR -> Item.integer(a | b);
                case BIT_XOR -> Item.integer(a ^ b);
            };
        } catch (ArithmeticException _) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected("a whole number of at most 64 bits")
                            .got("the result of " + a + " " + operator.text() + " " + b));
        }
    }

    private static long power(long base, long exponent) {
        if (base == 0 || base == 1 || exponent == 0) {
            return exponent == 0 ? 1 : base;
        }
        if (base == -1) {
            return exponent % 2 == 0 ? 1 : -1;
        }
        if (exponent < 0 || exponent > 63) {
            throw new ArithmeticException("more than 64 bits");
        }
        long result = 1;
        for (long i = 0; i < exponent; i++) {
            result = Math.multiplyExact(result, base);
        }
        return result;
    }

    private static Item reals(BinaryOperator operator, double a, double b, SourceSpan span) {
        return switch (operator) {
            case ADD -> Item.real(a + b);
            case SUBTRACT -> Item.real(a - b);
            case MULTIPLY -> Item.real(a * b);
            case DIVIDE -> Item.real(a / nonZero(b, span));
            case FLOOR_DIVIDE -> Item.real(Math.floor(a / nonZero(b, span)));
            case MODULO -> {
                double rest = a % nonZero(b, span);
                yield Item.real(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
            }
            case POWER -> Item.real(Math.pow(a, b));
            case SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_OR, BIT_XOR ->
                throw unfit(operator, Item.real(a), Item.real(b), span);
        };
    }

    private static long nonZero(long divisor, SourceSpan span) {
        nonZero((double) divisor, span);
        return divisor;
    }

    private static double nonZero(double divisor, SourceSpan span) {
        if (divisor == 0) {
            throw new ConfigException(
                    span, Complaint.at("").expected("a divisor other than 0").got("0"));
        }
        return divisor;
    }

    boolean compare(Comparator comparator, Item left, Item right, SourceSpan span) {
        return switch (comparator) {
            case EQUAL, IS -> equal(left, right, span, 0);
            case NOT_EQUAL, IS_NOT -> !equal(left, right, span, 0);
            case LESS -> order(left, right, span) < 0;
            case LESS_OR_EQUAL -> order(left, right, span) <= 0;
            case GREATER -> order(left, right, span) > 0;
            case GREATER_OR_EQUAL -> order(left, right, span) >= 0;
            case IN -> contains(right, left, span);
            case NOT_IN -> !contains(right, left, span);
        };
    }

    boolean contains(Item container, Item item, SourceSpan span) {
        if (container instanceof Scalar(Value.Str(var text))) {
            return text.contains(Text.str(item, span));
        }
        if (container instanceof DictItem dict) {
            return dict.find(item, span).isPresent();
        }
        return Sequences.items(container, span).stream().anyMatch(i -> equal(i, item, span, 0));
    }

    boolean equal(Item left, Item right, SourceSpan span, int depth) {
        budget.step(span);
        if (depth > 100) {
            throw mismatch("values of at most 100 levels to compare", left, span);
        }
        if (isNumber(left) && isNumber(right)) {
            boolean wholes = isWhole(left) && isWhole(right);
            return wholes ? whole(left, span) == whole(right, span) : real(left, span) == real(right, span);
        }
        return switch (left) {
            case Scalar(var value) -> right instanceof Scalar(var other) && value.equals(other);
            case ListItem(var items) -> right instanceof ListItem(var others) && equal(items, others, span, depth);
            case TupleItem(var items) -> right instanceof TupleItem(var others) && equal(items, others, span, depth);
            case DictItem(var entries) -> {
                if (!(right instanceof DictItem(var others))
                        || !entries.keySet().equals(others.keySet())) {
                    yield false;
                }
                for (var entry : entries.entrySet()) {
                    Entry other = others.get(entry.getKey());
                    if (other == null || !equal(entry.getValue().value(), other.value(), span, depth + 1)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Function _, Method _ -> left.equals(right);
        };
    }

    private boolean equal(List<Item> left, List<Item> right, SourceSpan span, int depth) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i), span, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /// Numbers, texts, and lists or tuples of them, as Python orders them.
    int order(Item left, Item right, SourceSpan span) {
        budget.step(span);
        if (isNumber(left) && isNumber(right)) {
            return isWhole(left) && isWhole(right)
                    ? Long.compare(whole(left, span), whole(right, span))
                    : Double.compare(real(left, span), real(right, span));
        }
        if (left instanceof Scalar(Value.Str(var a)) && right instanceof Scalar(Value.Str(var b))) {
            return a.compareTo(b);
        }
        if ((left instanceof ListItem && right instanceof ListItem)
                || (left instanceof TupleItem && right instanceof TupleItem)) {
            List<Item> first = Sequences.items(left, span);
            List<Item> second = Sequences.items(right, span);
            for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
                if (!equal(first.get(i), second.get(i), span, 0)) {
                    return order(first.get(i), second.get(i), span);
                }
            }
            return Integer.compare(first.size(), second.size());
        }
        throw new ConfigException(
                span,
                Complaint.at("")
                        .expected("two values that have an order")
                        .got(left.typeName() + " and " + right.typeName()));
    }

    private static ConfigException mismatch(String expected, Item got, SourceSpan span) {
        return new ConfigException(span, Complaint.at("").expected(expected).got(got.typeName()));
    }
}
