package terrazzo.config.syntax;

import java.util.List;
import java.util.Optional;
import terrazzo.config.value.Value;
import terrazzo.core.error.SourceSpan;

/// A piece of a config's text as a tree.
public sealed interface Node {

    /// Where the piece starts.
    SourceSpan span();

    /// What has a value.
    sealed interface Expr extends Node {}

    record Literal(Value value, SourceSpan span) implements Expr {}

    record Name(String id, SourceSpan span) implements Expr {}

    /// `[a, b]`; items may be [Starred].
    record ListDisplay(List<Expr> items, SourceSpan span) implements Expr {}

    /// `(a, b)` or `a, b`; items may be [Starred].
    record TupleDisplay(List<Expr> items, SourceSpan span) implements Expr {}

    record DictDisplay(List<DictPart> parts, SourceSpan span) implements Expr {}

    /// `*x` in a display, a call or a target.
    record Starred(Expr value, SourceSpan span) implements Expr {}

    record Call(Expr function, List<Argument> arguments, SourceSpan span) implements Expr {}

    record Attribute(Expr target, String name, SourceSpan span) implements Expr {}

    record Subscript(Expr target, Expr index, SourceSpan span) implements Expr {}

    record Slice(Optional<Expr> lower, Optional<Expr> upper, Optional<Expr> step, SourceSpan span) implements Expr {}

    record Unary(UnaryOperator operator, Expr operand, SourceSpan span) implements Expr {}

    record Binary(BinaryOperator operator, Expr left, Expr right, SourceSpan span) implements Expr {}

    /// `a and b` when `and`, else `a or b`.
    record Logical(boolean and, Expr left, Expr right, SourceSpan span) implements Expr {}

    /// `first op rest[0] op rest[1] …`, true when every link of the chain is.
    record Comparison(Expr first, List<Link> rest, SourceSpan span) implements Expr {}

    record Conditional(Expr test, Expr yes, Expr no, SourceSpan span) implements Expr {}

    /// `[element for …]`, and also a generator in a call's parentheses: configs see no difference.
    record ListComprehension(Expr element, List<Clause> clauses, SourceSpan span) implements Expr {}

    record DictComprehension(Expr key, Expr value, List<Clause> clauses, SourceSpan span) implements Expr {}

    /// An f-string: texts ([Literal]) and fields in turn.
    record FormatString(List<FormatPart> parts, SourceSpan span) implements Expr {}

    /// Text that names variables of the base config: `'{{ _base_.x }}'`.
    record Template(String text, SourceSpan span) implements Expr {}

    /// A part of a dict display: one pair, or all pairs of another dict.
    sealed interface DictPart {}

    record Pair(Expr key, Expr value) implements DictPart {}

    record Spread(Expr dict) implements DictPart {}

    /// A call's argument.
    ///
    /// @param name the keyword; empty for a positional argument, `*` or `**` for unpacked ones
    record Argument(String name, Expr value, SourceSpan span) {}

    record Link(Comparator comparator, Expr right) {}

    /// `for target in iterable if conditions…` of a comprehension.
    record Clause(Expr target, Expr iterable, List<Expr> conditions) {}

    /// `{value!conversion:format}`.
    ///
    /// @param conversion `r`, `s` or empty
    /// @param format the format specification, itself an expression because it may hold fields
    record FormatPart(Expr value, String conversion, Optional<Expr> format) {}

    enum UnaryOperator {
        PLUS,
        MINUS,
        NOT,
        INVERT
    }

    /// What stands between two operands.
    enum BinaryOperator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        FLOOR_DIVIDE("//"),
        MODULO("%"),
        POWER("**"),
        SHIFT_LEFT("<<"),
        SHIFT_RIGHT(">>"),
        BIT_AND("&"),
        BIT_OR("|"),
        BIT_XOR("^");

        private final String text;

        BinaryOperator(String text) {
            this.text = text;
        }

        /// The operator as it is written.
        public String text() {
            return text;
        }
    }

    enum Comparator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        IN,
        NOT_IN,
        IS,
        IS_NOT
    }

    /// What does something.
    sealed interface Stmt extends Node {}

    /// `a = b = value`; several targets get the same value.
    record Assign(List<Expr> targets, Expr value, SourceSpan span) implements Stmt {}

    /// `target += value`.
    record Augment(Expr target, BinaryOperator operator, Expr value, SourceSpan span) implements Stmt {}

    record Evaluate(Expr value, SourceSpan span) implements Stmt {}

    record For(Expr target, Expr iterable, List<Stmt> body, SourceSpan span) implements Stmt {}

    record If(Expr test, List<Stmt> body, List<Stmt> otherwise, SourceSpan span) implements Stmt {}

    record Delete(List<Expr> targets, SourceSpan span) implements Stmt {}

    record Pass(SourceSpan span) implements Stmt {}

    record Break(SourceSpan span) implements Stmt {}

    record Continue(SourceSpan span) implements Stmt {}

    /// `from module import name as alias`, for names of classes.
    ///
    /// @param names alias by imported name
    record ImportNames(String module, List<Alias> names, SourceSpan span) implements Stmt {}

    /// One import inside `with read_base():`, that is a base config.
    ///
    /// @param path the base, relative to this file: `../_base_/x.py`
    /// @param names what is taken over; empty for everything
    record ReadBase(String path, List<Alias> names, SourceSpan span) implements Stmt {}

    record Alias(String name, String as) {}
}
