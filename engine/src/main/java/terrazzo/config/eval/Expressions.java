package terrazzo.config.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Entry;
import terrazzo.config.eval.Item.Function;
import terrazzo.config.eval.Item.ListItem;
import terrazzo.config.eval.Item.Method;
import terrazzo.config.eval.Item.Scalar;
import terrazzo.config.eval.Item.TupleItem;
import terrazzo.config.syntax.Node;
import terrazzo.config.syntax.Node.Clause;
import terrazzo.config.syntax.Node.Expr;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;
import terrazzo.core.error.SourceSpan;

/// The values of expressions.
final class Expressions {

    private static final Pattern BASE_VARIABLE = Pattern.compile("\\{\\{\\s*_base_\\.([\\w.]+)\\s*}}");

    private final Budget budget;
    private final Operators operators;
    private final Builtins builtins;
    private final Methods methods;

    Expressions(Budget budget) {
        this.budget = budget;
        this.operators = new Operators(budget);
        this.builtins = new Builtins(budget);
        this.methods = new Methods(budget);
    }

    Item evaluate(Expr expression, Scope scope) {
        budget.step(expression.span());
        return switch (expression) {
            case Node.Literal(var value, var _) -> new Scalar(value);
            case Node.Name(var id, var span) -> variable(id, scope, span);
            case Node.ListDisplay(var items, var _) -> new ListItem(all(items, scope));
            case Node.TupleDisplay(var items, var _) -> new TupleItem(List.copyOf(all(items, scope)));
            case Node.DictDisplay(var parts, var span) -> dict(parts, scope, span);
            case Node.Starred(var _, var span) -> throw error(span, "a value", "'*'", "");
            case Node.Call call -> call(call, scope);
            case Node.Attribute(var target, var name, var span) -> attribute(evaluate(target, scope), name, span);
            case Node.Subscript subscript -> subscript(subscript, scope);
            case Node.Slice(var _, var _, var _, var span) -> throw error(span, "a value", "':'", "");
            case Node.Unary(var operator, var operand, var span) ->
                operators.unary(operator, evaluate(operand, scope), span);
            case Node.Binary(var operator, var left, var right, var span) ->
                operators.binary(operator, evaluate(left, scope), evaluate(right, scope), span);
            case Node.Logical(var and, var left, var right, var _) -> {
                Item first = evaluate(left, scope);
                yield Operators.truth(first) == and ? evaluate(right, scope) : first;
            }
            case Node.Comparison comparison -> comparison(comparison, scope);
            case Node.Conditional(var test, var yes, var no, var _) ->
                evaluate(Operators.truth(evaluate(test, scope)) ? yes : no, scope);
            case Node.ListComprehension(var element, var clauses, var _) -> {
                List<Item> items = new ArrayList<>();
                comprehend(clauses, 0, new Scope(scope), s -> items.add(evaluate(element, s)));
                yield new ListItem(items);
            }
            case Node.DictComprehension(var key, var value, var clauses, var span) -> {
                DictItem dict = new DictItem();
                comprehend(clauses, 0, new Scope(scope), s -> dict.put(evaluate(key, s), evaluate(value, s), span));
                yield dict;
            }
            case Node.FormatString format -> Item.text(formatted(format, scope));
            case Node.Template(var text, var span) -> template(text, scope, span);
        };
    }

    void assign(Expr target, Item value, Scope scope) {
        switch (target) {
            case Node.Name(var id, var span) -> scope.assign(id, value, span);
            case Node.TupleDisplay(var targets, var span) -> unpack(targets, value, scope, span);
            case Node.Attribute(var owner, var name, var span) ->
                dictOf(evaluate(owner, scope), span).put(name, value, span);
            case Node.Subscript(var owner, var index, var span) -> {
                Item container = evaluate(owner, scope);
                Item key = evaluate(index, scope);
                if (container instanceof ListItem(var items)) {
                    items.set(Sequences.position(items.size(), Operators.whole(key, span), span), value);
                } else {
                    dictOf(container, span).put(key, value, span);
                }
            }
            default -> throw error(target.span(), "a name to assign to", "an expression", "");
        }
    }

    void delete(Expr target, Scope scope) {
        SourceSpan span = target.span();
        switch (target) {
            case Node.Name(var id, var _) -> {
                if (!scope.remove(id)) {
                    throw unknown(id, scope, span);
                }
            }
            case Node.TupleDisplay(var targets, var _) -> targets.forEach(t -> delete(t, scope));
            case Node.Subscript(var owner, var index, var _) ->
                remove(evaluate(owner, scope), evaluate(index, scope), span);
            case Node.Attribute(var owner, var name, var _) -> remove(evaluate(owner, scope), Item.text(name), span);
            default -> throw error(span, "a name to delete", "an expression", "");
        }
    }

    private void remove(Item container, Item key, SourceSpan span) {
        if (container instanceof ListItem(var items)) {
            items.remove(Sequences.position(items.size(), Operators.whole(key, span), span));
        } else if (dictOf(container, span).entries().remove(Keys.of(key, span)) == null) {
            throw missing(dictOf(container, span), key, span);
        }
    }

    private Item variable(String id, Scope scope, SourceSpan span) {
        return scope.find(id)
                .or(() -> Builtins.NAMES.contains(id) ? Optional.of(new Function(id)) : Optional.empty())
                .orElseThrow(() -> unknown(id, scope, span));
    }

    private static ConfigException unknown(String id, Scope scope, SourceSpan span) {
        String near = Nearest.suggestion(id, scope.names());
        return error(
                span,
                "a name that an earlier line sets",
                "'" + id + "'",
                near.isEmpty() ? "variables of a base are read as {{_base_." + id + "}}" : near);
    }

    private List<Item> all(List<Expr> expressions, Scope scope) {
        List<Item> items = new ArrayList<>(expressions.size());
        for (Expr expression : expressions) {
            if (expression instanceof Node.Starred(var value, var span)) {
                List<Item> more = Sequences.items(evaluate(value, scope), span);
                budget.steps(more.size(), span);
                items.addAll(more);
            } else {
                items.add(evaluate(expression, scope));
            }
        }
        return items;
    }

    private DictItem dict(List<Node.DictPart> parts, Scope scope, SourceSpan span) {
        DictItem dict = new DictItem();
        for (Node.DictPart part : parts) {
            switch (part) {
                case Node.Pair(var key, var value) ->
                    dict.put(evaluate(key, scope), evaluate(value, scope), key.span());
                case Node.Spread(var spread) -> {
                    DictItem more = dictOf(evaluate(spread, scope), span);
                    budget.steps(more.entries().size(), span);
                    more.entries().values().forEach(e -> dict.put(e.key(), e.value(), e.span()));
                }
            }
        }
        return dict;
    }

    private Item call(Node.Call call, Scope scope) {
        if (call.function() instanceof Node.Name(var id, var span)
                && scope.find(id).isEmpty()
                && !Builtins.NAMES.contains(id)) {
            throw error(
                    span,
                    "a function of the config language",
                    "'" + id + "(…)'",
                    "configs are read, never executed: write the value out");
        }
        List<Item> positional = new ArrayList<>();
        DictItem keywords = new DictItem();
        for (Node.Argument argument : call.arguments()) {
            Item value = evaluate(argument.value(), scope);
            SourceSpan span = argument.span();
            switch (argument.name()) {
                case "" -> positional.add(value);
                case "*" -> {
                    List<Item> more = Sequences.items(value, span);
                    budget.steps(more.size(), span);
                    positional.addAll(more);
                }
                case "**" -> {
                    DictItem more = dictOf(value, span);
                    budget.steps(more.entries().size(), span);
                    more.entries().values().forEach(e -> keyword(keywords, e));
                }
                default -> keyword(keywords, new Entry(Item.text(argument.name()), value, span));
            }
        }
        Arguments arguments = new Arguments(positional, keywords, call.span());
        return switch (evaluate(call.function(), scope)) {
            case Function(var name) -> builtins.call(name, arguments);
            case Method(var self, var name) -> methods.call(self, name, arguments);
            case Scalar _, TupleItem _, ListItem _, DictItem _ ->
                throw error(
                        call.span(),
                        "a function of the config language",
                        "a call of something else",
                        "configs are read, never executed: write dict(type='Name', …)");
        };
    }

    private static void keyword(DictItem keywords, Entry entry) {
        String name = Text.str(entry.key(), entry.span());
        if (keywords.find(name).isPresent()) {
            throw error(entry.span(), "each key once", "'" + name + "' twice", "remove one of them");
        }
        keywords.put(entry.key(), entry.value(), entry.span());
    }

    private static Item attribute(Item target, String name, SourceSpan span) {
        if (target instanceof DictItem dict && dict.find(name).isPresent()) {
            return dict.find(name).get();
        }
        if (Methods.has(target, name)) {
            return new Method(target, name);
        }
        if (target instanceof DictItem dict) {
            throw missing(dict, Item.text(name), span);
        }
        throw error(span, "a method of " + target.typeName(), "'." + name + "'", "");
    }

    private Item subscript(Node.Subscript subscript, Scope scope) {
        SourceSpan span = subscript.span();
        Item target = evaluate(subscript.target(), scope);
        if (subscript.index() instanceof Node.Slice(var lower, var upper, var step, var _)) {
            Optional<Item> low = lower.map(e -> evaluate(e, scope));
            Optional<Item> high = upper.map(e -> evaluate(e, scope));
            long by = step.map(e -> Operators.whole(evaluate(e, scope), span)).orElse(1L);
            var bounds = new Sequences.Bounds(
                    low.isPresent(),
                    low.map(i -> Operators.whole(i, span)).orElse(0L),
                    high.isPresent(),
                    high.map(i -> Operators.whole(i, span)).orElse(0L),
                    by);
            Item slice = Sequences.slice(target, bounds, span);
            budget.steps(Sequences.items(slice, span).size(), span);
            return slice;
        }
        Item index = evaluate(subscript.index(), scope);
        if (target instanceof DictItem dict) {
            return dict.find(index, span).orElseThrow(() -> missing(dict, index, span));
        }
        return Sequences.at(target, Operators.whole(index, span), span);
    }

    private Item comparison(Node.Comparison comparison, Scope scope) {
        Item left = evaluate(comparison.first(), scope);
        for (Node.Link link : comparison.rest()) {
            Item right = evaluate(link.right(), scope);
            if (!operators.compare(link.comparator(), left, right, comparison.span())) {
                return Item.bool(false);
            }
            left = right;
        }
        return Item.bool(true);
    }

    private void comprehend(List<Clause> clauses, int level, Scope scope, Consumer<Scope> body) {
        if (level == clauses.size()) {
            body.accept(scope);
            return;
        }
        Clause clause = clauses.get(level);
        SourceSpan span = clause.target().span();
        for (Item item : List.copyOf(Sequences.items(evaluate(clause.iterable(), scope), span))) {
            budget.step(span);
            assign(clause.target(), item, scope);
            if (clause.conditions().stream().allMatch(c -> Operators.truth(evaluate(c, scope)))) {
                comprehend(clauses, level + 1, scope, body);
            }
        }
    }

    private void unpack(List<Expr> targets, Item value, Scope scope, SourceSpan span) {
        List<Item> items = Sequences.items(value, span);
        int star = 0;
        while (star < targets.size() && !(targets.get(star) instanceof Node.Starred)) {
            star++;
        }
        boolean fits = star == targets.size() ? items.size() == star : items.size() >= targets.size() - 1;
        if (!fits) {
            throw error(span, targets.size() + " values", Integer.toString(items.size()), "");
        }
        for (int i = 0; i < star; i++) {
            assign(targets.get(i), items.get(i), scope);
        }
        if (star < targets.size() && targets.get(star) instanceof Node.Starred(var rest, var _)) {
            int after = targets.size() - star - 1;
            assign(rest, ListItem.of(items.subList(star, items.size() - after)), scope);
            for (int i = 0; i < after; i++) {
                assign(targets.get(star + 1 + i), items.get(items.size() - after + i), scope);
            }
        }
    }

    private String formatted(Node.FormatString format, Scope scope) {
        StringBuilder out = new StringBuilder();
        SourceSpan span = format.span();
        for (Node.FormatPart part : format.parts()) {
            Item value = evaluate(part.value(), scope);
            String spec =
                    part.format().map(f -> Text.str(evaluate(f, scope), span)).orElse("");
            out.append(
                    part.conversion().equals("r")
                            ? Formats.format(Item.text(Text.repr(value, span)), spec, span)
                            : Formats.format(value, spec, span));
            budget.steps(out.length(), span);
        }
        return out.toString();
    }

    /// Text with `{{ _base_.x }}` in it: the variable itself when there is nothing else, else the text with the
    /// variables printed into it.
    private Item template(String text, Scope scope, SourceSpan span) {
        Matcher matcher = BASE_VARIABLE.matcher(text);
        if (matcher.matches()) {
            return baseVariable(matcher.group(1), scope, span);
        }
        String printed = matcher.replaceAll(
                m -> Matcher.quoteReplacement(Text.str(baseVariable(m.group(1), scope, span), span)));
        budget.steps(printed.length(), span);
        return Item.text(printed);
    }

    private Item baseVariable(String path, Scope scope, SourceSpan span) {
        Item value = variable(Evaluator.BASE_KEY, scope, span);
        for (String name : path.split("\\.")) {
            value = attribute(value, name, span);
        }
        return value;
    }

    private static DictItem dictOf(Item item, SourceSpan span) {
        if (item instanceof DictItem dict) {
            return dict;
        }
        throw error(span, "a dict", item.typeName(), "");
    }

    private static ConfigException missing(DictItem dict, Item key, SourceSpan span) {
        List<String> keys = dict.keys().stream().map(k -> Text.str(k, span)).toList();
        return error(span, "a key of the dict", Text.repr(key, span), Nearest.suggestion(Text.str(key, span), keys));
    }

    private static ConfigException error(SourceSpan span, String expected, String got, String advice) {
        return new ConfigException(span, new Complaint("", expected, got, advice));
    }
}
