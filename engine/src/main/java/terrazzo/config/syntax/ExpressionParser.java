package terrazzo.config.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import terrazzo.config.syntax.Node.Argument;
import terrazzo.config.syntax.Node.BinaryOperator;
import terrazzo.config.syntax.Node.Clause;
import terrazzo.config.syntax.Node.Comparator;
import terrazzo.config.syntax.Node.DictPart;
import terrazzo.config.syntax.Node.Expr;
import terrazzo.config.syntax.Node.Link;
import terrazzo.config.syntax.Node.UnaryOperator;
import terrazzo.config.value.Keywords;
import terrazzo.config.value.Value;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Reads expressions, in the order of Python's precedence, loosest first.
final class ExpressionParser {

    // Both keep the tree shallow enough for the recursion of everything that walks it.
    private static final int MAX_DEPTH = 100;
    private static final int MAX_CHAIN = 200;

    private static final List<Map<String, BinaryOperator>> BINARY = List.of(
            Map.of("|", BinaryOperator.BIT_OR),
            Map.of("^", BinaryOperator.BIT_XOR),
            Map.of("&", BinaryOperator.BIT_AND),
            Map.of("<<", BinaryOperator.SHIFT_LEFT, ">>", BinaryOperator.SHIFT_RIGHT),
            Map.of("+", BinaryOperator.ADD, "-", BinaryOperator.SUBTRACT),
            Map.of(
                    "*", BinaryOperator.MULTIPLY,
                    "/", BinaryOperator.DIVIDE,
                    "//", BinaryOperator.FLOOR_DIVIDE,
                    "%", BinaryOperator.MODULO));
    private static final Map<String, Comparator> COMPARATORS = Map.of(
            "==", Comparator.EQUAL,
            "!=", Comparator.NOT_EQUAL,
            "<", Comparator.LESS,
            "<=", Comparator.LESS_OR_EQUAL,
            ">", Comparator.GREATER,
            ">=", Comparator.GREATER_OR_EQUAL,
            "in", Comparator.IN);

    private final TokenReader tokens;
    private final FormatStringParser formatStrings;
    private int depth;

    ExpressionParser(TokenReader tokens) {
        this(tokens, 0);
    }

    /// @param depth how deep in other expressions this one stands
    ExpressionParser(TokenReader tokens, int depth) {
        this.tokens = tokens;
        this.depth = depth;
        this.formatStrings = new FormatStringParser(tokens.file());
    }

    /// One expression, or several with commas between them as a tuple.
    Expr expressions() {
        SourceSpan span = tokens.span();
        Expr first = starredOrExpression();
        if (!tokens.is(",")) {
            if (first instanceof Node.Starred) {
                throw tokens.unexpected("','");
            }
            return first;
        }
        List<Expr> items = new ArrayList<>(List.of(first));
        while (tokens.take(",") && startsExpression()) {
            items.add(starredOrExpression());
        }
        return new Node.TupleDisplay(List.copyOf(items), span);
    }

    Expr expression() {
        enter();
        SourceSpan span = tokens.span();
        if (tokens.is("lambda")) {
            throw tokens.refused("'lambda'", "configs are read, never executed: write the values out");
        }
        Expr value = or();
        if (tokens.take("if")) {
            Expr test = or();
            tokens.expect("else");
            value = new Node.Conditional(test, value, expression(), span);
        }
        if (tokens.is(":=")) {
            throw tokens.refused("':='", "assign on a line of its own");
        }
        depth--;
        return value;
    }

    /// What stands before `in` of a loop.
    Expr targets() {
        SourceSpan span = tokens.span();
        List<Expr> items = new ArrayList<>();
        boolean comma = false;
        do {
            SourceSpan start = tokens.span();
            boolean star = tokens.take("*");
            Expr item = asTarget(binary(0));
            items.add(star ? new Node.Starred(item, start) : item);
            comma |= tokens.is(",");
        } while (tokens.take(",") && startsExpression() && !tokens.is("in"));
        return comma ? new Node.TupleDisplay(List.copyOf(items), span) : items.getFirst();
    }

    /// The expression as something that can be assigned to.
    Expr asTarget(Expr expression) {
        return switch (expression) {
            case Node.Name _, Node.Attribute _, Node.Subscript _ -> expression;
            case Node.Starred(var value, var span) -> new Node.Starred(asTarget(value), span);
            case Node.ListDisplay(var items, var span) ->
                new Node.TupleDisplay(items.stream().map(this::asTarget).toList(), span);
            case Node.TupleDisplay(var items, var span) ->
                new Node.TupleDisplay(items.stream().map(this::asTarget).toList(), span);
            case Node.Literal _,
                    Node.DictDisplay _,
                    Node.Call _,
                    Node.Slice _,
                    Node.Unary _,
                    Node.Binary _,
                    Node.Logical _,
                    Node.Comparison _,
                    Node.Conditional _,
                    Node.ListComprehension _,
                    Node.DictComprehension _,
                    Node.FormatString _,
                    Node.Template _ ->
                throw new ConfigException(
                        expression.span(),
                        Complaint.at("").expected("a name to assign to").got("an expression"));
        };
    }

    private Expr starredOrExpression() {
        SourceSpan span = tokens.span();
        return tokens.take("*") ? new Node.Starred(expression(), span) : expression();
    }

    private boolean startsExpression() {
        Token next = tokens.peek();
        return switch (next.kind()) {
            case NEWLINE, INDENT, DEDENT, END -> false;
            case OPERATOR -> !Set.of(")", "]", "}", "=", ":", ";", "in").contains(next.text());
            case NAME, INT, REAL, STRING, TEMPLATE, FORMAT_STRING -> true;
        };
    }

    private Expr or() {
        Expr left = and();
        SourceSpan span = left.span();
        for (int links = 0; tokens.take("or"); links++) {
            limit(links);
            left = new Node.Logical(false, left, and(), span);
        }
        return left;
    }

    private Expr and() {
        Expr left = not();
        SourceSpan span = left.span();
        for (int links = 0; tokens.take("and"); links++) {
            limit(links);
            left = new Node.Logical(true, left, not(), span);
        }
        return left;
    }

    private Expr not() {
        SourceSpan span = tokens.span();
        if (!tokens.take("not")) {
            return comparison();
        }
        enter();
        Expr operand = not();
        depth--;
        return new Node.Unary(UnaryOperator.NOT, operand, span);
    }

    private Expr comparison() {
        Expr first = binary(0);
        List<Link> rest = new ArrayList<>();
        for (Optional<Comparator> next = comparator(); next.isPresent(); next = comparator()) {
            limit(rest.size());
            rest.add(new Link(next.get(), binary(0)));
        }
        return rest.isEmpty() ? first : new Node.Comparison(first, List.copyOf(rest), first.span());
    }

    private Optional<Comparator> comparator() {
        if (tokens.is("not") && tokens.peek(1).is("in")) {
            tokens.advance();
            tokens.advance();
            return Optional.of(Comparator.NOT_IN);
        }
        if (tokens.take("is")) {
            return Optional.of(tokens.take("not") ? Comparator.IS_NOT : Comparator.IS);
        }
        Token next = tokens.peek();
        Optional<Comparator> found = next.kind() == Token.Kind.OPERATOR || next.kind() == Token.Kind.NAME
                ? Optional.ofNullable(COMPARATORS.get(next.text()))
                : Optional.empty();
        found.ifPresent(_ -> tokens.advance());
        return found;
    }

    private Expr binary(int level) {
        if (level == BINARY.size()) {
            return unary();
        }
        Expr left = binary(level + 1);
        SourceSpan span = left.span();
        for (int links = 0; tokens.at(Token.Kind.OPERATOR); links++) {
            BinaryOperator operator = BINARY.get(level).get(tokens.peek().text());
            if (operator == null) {
                break;
            }
            limit(links);
            tokens.advance();
            left = new Node.Binary(operator, left, binary(level + 1), span);
        }
        return left;
    }

    private Expr unary() {
        SourceSpan span = tokens.span();
        UnaryOperator operator;
        if (tokens.is("-")) {
            operator = UnaryOperator.MINUS;
            if (tokens.peek(1).kind() == Token.Kind.INT && !tokens.peek(2).is("**")) {
                tokens.advance();
                return integer("-" + tokens.advance().text(), span); // the smallest number has no positive twin
            }
        } else if (tokens.is("+")) {
            operator = UnaryOperator.PLUS;
        } else if (tokens.is("~")) {
            operator = UnaryOperator.INVERT;
        } else {
            return power();
        }
        tokens.advance();
        enter();
        Expr operand = unary();
        depth--;
        return new Node.Unary(operator, operand, span);
    }

    private Expr power() {
        Expr base = postfix();
        if (!tokens.take("**")) {
            return base;
        }
        enter();
        Expr exponent = unary();
        depth--;
        return new Node.Binary(BinaryOperator.POWER, base, exponent, base.span());
    }

    private Expr postfix() {
        Expr value = atom();
        for (int links = 0; ; links++) {
            SourceSpan span = tokens.span();
            if (tokens.take(".")) {
                value = new Node.Attribute(value, tokens.name(), span);
            } else if (tokens.take("(")) {
                value = new Node.Call(value, arguments(), value.span());
            } else if (tokens.take("[")) {
                value = new Node.Subscript(value, index(), span);
            } else {
                return value;
            }
            limit(links);
        }
    }

    private List<Argument> arguments() {
        List<Argument> arguments = new ArrayList<>();
        while (!tokens.take(")")) {
            SourceSpan span = tokens.span();
            if (tokens.take("**")) {
                arguments.add(new Argument("**", expression(), span));
            } else if (tokens.take("*")) {
                arguments.add(new Argument("*", expression(), span));
            } else if (tokens.at(Token.Kind.NAME) && tokens.peek(1).is("=")) {
                String name = tokens.name();
                tokens.expect("=");
                arguments.add(new Argument(name, expression(), span));
            } else {
                Expr value = expression();
                if (tokens.is("for")) {
                    value = new Node.ListComprehension(value, clauses(), span);
                }
                arguments.add(new Argument("", value, span));
            }
            if (!tokens.is(")")) {
                tokens.expect(",");
            }
        }
        return List.copyOf(arguments);
    }

    private Expr index() {
        SourceSpan span = tokens.span();
        Optional<Expr> lower = tokens.is(":") ? Optional.empty() : Optional.of(expressions());
        if (!tokens.take(":")) {
            tokens.expect("]");
            return lower.orElseThrow();
        }
        Optional<Expr> upper = tokens.is(":") || tokens.is("]") ? Optional.empty() : Optional.of(expression());
        Optional<Expr> step = tokens.take(":") && !tokens.is("]") ? Optional.of(expression()) : Optional.<Expr>empty();
        tokens.expect("]");
        return new Node.Slice(lower, upper, step, span);
    }

    private Expr atom() {
        SourceSpan span = tokens.span();
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NAME -> name(span);
            case INT -> integer(tokens.advance().text(), span);
            case REAL ->
                new Node.Literal(
                        new Value.Real(Double.parseDouble(tokens.advance().text())), span);
            case STRING, TEMPLATE, FORMAT_STRING -> strings(span);
            case OPERATOR -> brackets(span);
            case NEWLINE, INDENT, DEDENT, END -> throw tokens.unexpected("a value");
        };
    }

    private Expr name(SourceSpan span) {
        String name = tokens.peek().text();
        Optional<Value> constant = constant(name);
        if (constant.isEmpty() && Keywords.has(name)) {
            throw tokens.unexpected("a value");
        }
        tokens.advance();
        return constant.<Expr>map(value -> new Node.Literal(value, span)).orElseGet(() -> new Node.Name(name, span));
    }

    private static Optional<Value> constant(String name) {
        return switch (name) {
            case "None" -> Optional.of(new Value.None());
            case "True" -> Optional.of(new Value.Bool(true));
            case "False" -> Optional.of(new Value.Bool(false));
            default -> Optional.empty();
        };
    }

    private Expr integer(String word, SourceSpan span) {
        boolean negative = word.startsWith("-");
        String digits = negative ? word.substring(1) : word;
        int radix = digits.length() < 2
                ? 10
                : switch (digits.charAt(1)) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 10;
                };
        String plain = radix == 10 ? digits : digits.substring(2);
        try {
            return new Node.Literal(new Value.Int(Long.parseLong((negative ? "-" : "") + plain, radix)), span);
        } catch (NumberFormatException _) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected("a whole number of at most 64 bits")
                            .got("one of " + plain.length() + " digits"));
        }
    }

    /// Strings that stand side by side are one.
    private Expr strings(SourceSpan span) {
        List<Node.FormatPart> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        boolean template = false;
        boolean format = false;
        while (true) {
            Token token = tokens.peek();
            switch (token.kind()) {
                case STRING -> plain.append(token.text());
                case TEMPLATE -> {
                    plain.append(token.text());
                    template = true;
                }
                case FORMAT_STRING -> {
                    format = true;
                    flush(plain, parts, span);
                    parts.addAll(formatStrings.parts(token, depth));
                }
                default -> {
                    if (!format) {
                        return template
                                ? new Node.Template(plain.toString(), span)
                                : new Node.Literal(new Value.Str(plain.toString()), span);
                    }
                    flush(plain, parts, span);
                    return new Node.FormatString(List.copyOf(parts), span);
                }
            }
            tokens.advance();
        }
    }

    private static void flush(StringBuilder plain, List<Node.FormatPart> parts, SourceSpan span) {
        if (!plain.isEmpty()) {
            parts.add(FormatStringParser.text(plain.toString(), span));
            plain.setLength(0);
        }
    }

    private Expr brackets(SourceSpan span) {
        if (tokens.take("(")) {
            if (tokens.take(")")) {
                return new Node.TupleDisplay(List.of(), span);
            }
            Expr inner = expressions();
            if (tokens.is("for")) {
                inner = new Node.ListComprehension(inner, clauses(), span);
            }
            tokens.expect(")");
            return inner;
        }
        if (tokens.take("[")) {
            return list(span);
        }
        if (tokens.take("{")) {
            return dict(span);
        }
        throw tokens.unexpected("a value");
    }

    private Expr list(SourceSpan span) {
        List<Expr> items = new ArrayList<>();
        while (!tokens.take("]")) {
            items.add(starredOrExpression());
            if (items.size() == 1 && tokens.is("for")) {
                List<Clause> clauses = clauses();
                tokens.expect("]");
                return new Node.ListComprehension(items.getFirst(), clauses, span);
            }
            if (!tokens.is("]")) {
                tokens.expect(",");
            }
        }
        return new Node.ListDisplay(List.copyOf(items), span);
    }

    private Expr dict(SourceSpan span) {
        if (tokens.is("{") && tokens.peek(1).is("_base_")) { // {{_base_.model.channels}}
            tokens.advance();
            Expr variable = postfix();
            tokens.expect("}");
            tokens.expect("}");
            return variable;
        }
        List<DictPart> parts = new ArrayList<>();
        while (!tokens.take("}")) {
            if (tokens.take("**")) {
                parts.add(new Node.Spread(expression()));
            } else {
                Expr key = expression();
                if (!tokens.take(":")) {
                    throw tokens.refused("a set", "write a list: [a, b]");
                }
                Expr value = expression();
                if (parts.isEmpty() && tokens.is("for")) {
                    List<Clause> clauses = clauses();
                    tokens.expect("}");
                    return new Node.DictComprehension(key, value, clauses, span);
                }
                parts.add(new Node.Pair(key, value));
            }
            if (!tokens.is("}")) {
                tokens.expect(",");
            }
        }
        return new Node.DictDisplay(List.copyOf(parts), span);
    }

    private List<Clause> clauses() {
        List<Clause> clauses = new ArrayList<>();
        while (tokens.take("for")) {
            limit(clauses.size() * 10);
            Expr target = targets();
            tokens.expect("in");
            Expr iterable = or();
            List<Expr> conditions = new ArrayList<>();
            while (tokens.take("if")) {
                conditions.add(or());
            }
            clauses.add(new Clause(target, iterable, List.copyOf(conditions)));
        }
        return List.copyOf(clauses);
    }

    private void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw tokens.refused("more than " + MAX_DEPTH + " levels of brackets", "give the inner parts names");
        }
    }

    private void limit(int links) {
        if (links >= MAX_CHAIN) {
            throw tokens.refused("more than " + MAX_CHAIN + " operators in a row", "give the parts names");
        }
    }
}
