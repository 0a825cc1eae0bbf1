package terrazzo.config.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.eval.Item.DictItem;
import terrazzo.config.eval.Item.Entry;
import terrazzo.config.eval.Item.ListItem;
import terrazzo.config.eval.Item.Scalar;
import terrazzo.config.syntax.Node;
import terrazzo.config.syntax.Node.Expr;
import terrazzo.config.syntax.Node.Stmt;
import terrazzo.config.syntax.Parser;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Computes the variables that a config's statements leave behind.
public final class Evaluator {

    /// The name under which a config lists its bases and reads their variables.
    public static final String BASE_KEY = "_base_";

    /// Reads the base configs that stand in `with read_base():`.
    public interface BaseReader {
        /// @param path the base, relative to the config that names it
        DictValue read(String path, SourceSpan span);
    }

    /// What evaluation leaves behind.
    ///
    /// @param own the variables that the config itself sets
    /// @param base its base, with the changes that the config made by way of `_base_`
    public record Result(DictValue own, DictValue base) {}

    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    private final Budget budget;
    private final BaseReader bases;
    private final Expressions expressions;
    private final Scope scope;

    private Evaluator(Budget budget, BaseReader bases) {
        this.budget = budget;
        this.bases = bases;
        this.expressions = new Expressions(budget);
        this.scope = new Scope();
    }

    /// The bases that the config names with `_base_ = …`.
    public static List<String> baseNames(List<Stmt> statements, Budget budget) {
        for (Stmt statement : statements) {
            if (assignsBase(statement) && statement instanceof Node.Assign(var _, var value, var span)) {
                Item names = new Expressions(budget).evaluate(value, new Scope());
                if (names instanceof Scalar(Value.Str(var name))) {
                    return List.of(name);
                }
                List<String> all = new ArrayList<>();
                for (Item item : Sequences.items(names, span)) {
                    if (!(item instanceof Scalar(Value.Str(var name)))) {
                        throw new ConfigException(
                                span,
                                Complaint.at("_base_").expected("file names").got(item.typeName()));
                    }
                    all.add(name);
                }
                return all;
            }
        }
        return List.of();
    }

    /// Runs through the statements of one config.
    ///
    /// @param base what `_base_` stands for
    public static Result evaluate(List<Stmt> statements, DictValue base, BaseReader bases, Budget budget) {
        Evaluator evaluator = new Evaluator(budget, bases);
        SourceSpan span = statements.isEmpty()
                ? SourceSpan.none("")
                : statements.getFirst().span();
        DictItem thawed = Freezer.thaw(base, span);
        evaluator.scope.assign(BASE_KEY, thawed, span);
        for (Stmt statement : statements) {
            if (!assignsBase(statement)) {
                evaluator.run(statement);
            }
        }
        DictItem own = new DictItem();
        for (Entry entry : evaluator.scope.variables()) {
            String name = Text.str(entry.key(), entry.span());
            if (!name.startsWith("__") && !name.equals(BASE_KEY)) {
                own.put(name, entry.value(), entry.span());
            }
        }
        Freezer freezer = new Freezer();
        return new Result(freezer.freeze(own, span), freezer.freeze(thawed, span));
    }

    /// The value of one expression that knows no variables, such as a value given on the command line.
    public static Value evaluate(String expression, String origin) {
        Expr tree = Parser.parseExpression(expression, origin);
        DictItem holder = new DictItem();
        holder.put("value", new Expressions(new Budget()).evaluate(tree, new Scope()), tree.span());
        return new Freezer().freeze(holder, tree.span()).entries().getOrDefault("value", new Value.None());
    }

    private static boolean assignsBase(Stmt statement) {
        return statement instanceof Node.Assign(var targets, var _, var _)
                && targets.getFirst() instanceof Node.Name(var id, var _)
                && id.equals(BASE_KEY);
    }

    private Flow run(Stmt statement) {
        budget.step(statement.span());
        switch (statement) {
            case Node.Assign(var targets, var expression, var _) -> {
                Item value = expressions.evaluate(expression, scope);
                targets.forEach(target -> expressions.assign(target, value, scope));
            }
            case Node.Augment(var target, var operator, var expression, var span) -> {
                Item old = expressions.evaluate(target, scope);
                Item value = expressions.evaluate(expression, scope);
                expressions.assign(target, augmented(operator, old, value, span), scope);
            }
            case Node.Evaluate(var expression, var _) -> expressions.evaluate(expression, scope);
            case Node.For loop -> {
                return repeat(loop);
            }
            case Node.If(var test, var body, var otherwise, var _) -> {
                boolean yes = Operators.truth(expressions.evaluate(test, scope));
                return block(yes ? body : otherwise);
            }
            case Node.Delete(var targets, var _) -> targets.forEach(target -> expressions.delete(target, scope));
            case Node.Pass _ -> {}
            case Node.Break _ -> {
                return Flow.BREAK;
            }
            case Node.Continue _ -> {
                return Flow.CONTINUE;
            }
            case Node.ImportNames(var _, var names, var span) ->
                names.forEach(alias -> scope.assign("__class__" + alias.as(), Item.text(alias.name()), span));
            case Node.ReadBase(var path, var names, var span) -> readBase(path, names, span);
        }
        return Flow.NEXT;
    }

    private Item augmented(Node.BinaryOperator operator, Item old, Item value, SourceSpan span) {
        if (operator == Node.BinaryOperator.ADD && old instanceof ListItem(var items)) {
            List<Item> more = Sequences.items(value, span);
            budget.steps(more.size(), span);
            items.addAll(more);
            return old;
        }
        if (operator == Node.BinaryOperator.BIT_OR
                && old instanceof DictItem(var entries)
                && value instanceof DictItem(var more)) {
            entries.putAll(more);
            return old;
        }
        return new Operators(budget).binary(operator, old, value, span);
    }

    private Flow repeat(Node.For loop) {
        List<Item> items = List.copyOf(Sequences.items(expressions.evaluate(loop.iterable(), scope), loop.span()));
        for (Item item : items) {
            budget.step(loop.span());
            expressions.assign(loop.target(), item, scope);
            if (block(loop.body()) == Flow.BREAK) {
                break;
            }
        }
        return Flow.NEXT;
    }

    private Flow block(List<Stmt> body) {
        for (Stmt statement : body) {
            Flow flow = run(statement);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private void readBase(String path, List<Node.Alias> names, SourceSpan span) {
        DictItem base = Freezer.thaw(bases.read(path, span), span);
        if (names.isEmpty()) {
            base.entries().values().forEach(e -> scope.assign(Text.str(e.key(), span), e.value(), e.span()));
        }
        for (Node.Alias alias : names) {
            Optional<Item> value = base.find(alias.name());
            scope.assign(
                    alias.as(),
                    value.orElseThrow(() -> new ConfigException(
                            span,
                            Complaint.at("")
                                    .expected("'" + alias.name() + "' in " + path)
                                    .got("nothing"))),
                    span);
        }
    }
}
