package terrazzo.config.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import terrazzo.config.syntax.Node.Alias;
import terrazzo.config.syntax.Node.BinaryOperator;
import terrazzo.config.syntax.Node.Expr;
import terrazzo.config.syntax.Node.ReadBase;
import terrazzo.config.syntax.Node.Stmt;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Builds the tree of a config's statements; expressions are left to [ExpressionParser].
public final class Parser {

    private static final Map<String, BinaryOperator> AUGMENTED = Map.of(
            "+=", BinaryOperator.ADD,
            "-=", BinaryOperator.SUBTRACT,
            "*=", BinaryOperator.MULTIPLY,
            "/=", BinaryOperator.DIVIDE,
            "//=", BinaryOperator.FLOOR_DIVIDE,
            "%=", BinaryOperator.MODULO,
            "**=", BinaryOperator.POWER,
            "|=", BinaryOperator.BIT_OR);
    // Statements that Python has and configs have no use for: nothing in a config runs.
    private static final Set<String> REFUSED = Set.of(
            "def",
            "class",
            "while",
            "try",
            "raise",
            "assert",
            "return",
            "yield",
            "global",
            "nonlocal",
            "async",
            "await",
            "with",
            "lambda");
    // Libraries whose class names stand in lazy configs as `type=FCNHead`; only the name is taken.
    private static final Set<String> LIBRARIES =
            Set.of("mmengine", "mmcv", "mmseg", "mmdet", "mmpretrain", "mmcls", "mmrazor", "torch", "projects");
    private static final int MAX_BLOCKS = 20;

    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private int blocks;

    private Parser(TokenReader tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    /// The statements of a whole file.
    ///
    /// @param file the file's name, for messages
    /// @throws ConfigException naming the first line that is not in the subset
    public static List<Stmt> parse(String text, String file) {
        Parser parser = new Parser(new TokenReader(Lexer.file(text, file), file));
        List<Stmt> statements = new ArrayList<>();
        while (!parser.tokens.at(Token.Kind.END)) {
            parser.statement(statements);
        }
        return List.copyOf(statements);
    }

    /// One expression and nothing else, such as a value given on the command line.
    public static Expr parseExpression(String text, String file) {
        TokenReader tokens = new TokenReader(Lexer.expression(text, file, 1), file);
        Expr expression = new ExpressionParser(tokens).expressions();
        if (!tokens.at(Token.Kind.END)) {
            throw tokens.unexpected("the end of the value");
        }
        return expression;
    }

    private void statement(List<Stmt> out) {
        if (tokens.take(Token.Kind.NEWLINE)) {
            return;
        }
        if (tokens.at(Token.Kind.INDENT)) {
            throw tokens.unexpected("a line that starts where its block does");
        }
        var span = tokens.span();
        if (tokens.take("if")) {
            out.add(ifStatement(span));
        } else if (tokens.take("for")) {
            Expr target = expressions.targets();
            tokens.expect("in");
            Expr iterable = expressions.expressions();
            out.add(new Node.For(target, iterable, block(), span));
            if (tokens.is("else")) {
                throw tokens.refused("'else' after a loop", "put the lines behind the loop");
            }
        } else if (tokens.take("with")) {
            readBase(out);
        } else {
            simpleStatements(out);
        }
    }

    private Stmt ifStatement(SourceSpan span) {
        Expr test = expressions.expression();
        List<Stmt> body = block();
        List<Stmt> otherwise = List.of();
        var elseSpan = tokens.span();
        if (tokens.take("elif")) {
            enterBlock();
            otherwise = List.of(ifStatement(elseSpan));
            blocks--;
        } else if (tokens.take("else")) {
            otherwise = block();
        }
        return new Node.If(test, body, otherwise, span);
    }

    private void enterBlock() {
        blocks++;
        if (blocks > MAX_BLOCKS) {
            throw tokens.refused("more than " + MAX_BLOCKS + " blocks inside each other", "write the values out");
        }
    }

    private List<Stmt> block() {
        tokens.expect(":");
        List<Stmt> body = new ArrayList<>();
        enterBlock();
        if (tokens.take(Token.Kind.NEWLINE)) {
            if (!tokens.take(Token.Kind.INDENT)) {
                throw tokens.unexpected("an indented block");
            }
            while (!tokens.take(Token.Kind.DEDENT)) {
                statement(body);
            }
        } else {
            simpleStatements(body);
        }
        blocks--;
        return List.copyOf(body);
    }

    private void simpleStatements(List<Stmt> out) {
        do {
            if (tokens.at(Token.Kind.NEWLINE)) {
                break;
            }
            out.add(simpleStatement());
        } while (tokens.take(";"));
        if (!tokens.take(Token.Kind.NEWLINE)) {
            throw tokens.unexpected("the end of the line");
        }
    }

    private Stmt simpleStatement() {
        var span = tokens.span();
        Token first = tokens.peek();
        if (first.kind() == Token.Kind.NAME && REFUSED.contains(first.text())) {
            throw tokens.refused(first.quoted(), "configs are read, never executed: write the values out");
        }
        if (tokens.take("pass")) {
            return new Node.Pass(span);
        }
        if (tokens.take("break")) {
            return new Node.Break(span);
        }
        if (tokens.take("continue")) {
            return new Node.Continue(span);
        }
        if (tokens.take("del")) {
            return new Node.Delete(List.of(expressions.targets()), span);
        }
        if (tokens.is("import")) {
            tokens.expect("import");
            throw tokens.refused(
                    "'import " + tokens.peek().text() + "'",
                    "configs are read, never executed: write the value out, or name a plugin in custom_imports");
        }
        if (tokens.take("from")) {
            return importNames();
        }
        return assignment(span);
    }

    private Stmt assignment(SourceSpan span) {
        Expr value = expressions.expressions();
        BinaryOperator augmented =
                tokens.at(Token.Kind.OPERATOR) ? AUGMENTED.get(tokens.peek().text()) : null;
        if (augmented != null) {
            tokens.advance();
            return new Node.Augment(expressions.asTarget(value), augmented, expressions.expressions(), span);
        }
        if (tokens.take(":")) { // an annotation: name: type = value
            expressions.expression();
            if (!tokens.is("=")) {
                return new Node.Pass(span);
            }
        }
        List<Expr> targets = new ArrayList<>();
        while (tokens.take("=")) {
            targets.add(expressions.asTarget(value));
            value = expressions.expressions();
        }
        return targets.isEmpty() ? new Node.Evaluate(value, span) : new Node.Assign(List.copyOf(targets), value, span);
    }

    /// `from module import names` outside of `with read_base()`: names of classes of known libraries, nothing else.
    private Stmt importNames() {
        var span = tokens.span();
        String module = moduleName();
        tokens.expect("import");
        String root = module.split("\\.", 2)[0];
        if (module.startsWith(".")) {
            throw tokens.refused("'from " + module + " import'", "put it inside 'with read_base():'");
        }
        if (!LIBRARIES.contains(root)) {
            throw tokens.refused(
                    "'from " + module + " import'",
                    "configs are read, never executed: write the value out, or name a plugin in custom_imports");
        }
        return new Node.ImportNames(module, aliases(), span);
    }

    private void readBase(List<Stmt> out) {
        if (!tokens.take("read_base")) {
            throw tokens.refused("'with " + tokens.peek().text() + "'", "only 'with read_base():' has a meaning here");
        }
        tokens.expect("(");
        tokens.expect(")");
        tokens.expect(":");
        if (!tokens.take(Token.Kind.NEWLINE)) {
            out.add(baseImport());
            return;
        }
        if (!tokens.take(Token.Kind.INDENT)) {
            throw tokens.unexpected("an indented block");
        }
        while (!tokens.take(Token.Kind.DEDENT)) {
            out.add(baseImport());
        }
    }

    private ReadBase baseImport() {
        var span = tokens.span();
        tokens.expect("from");
        String module = moduleName();
        if (!module.startsWith(".")) {
            throw tokens.refused("'from " + module + "'", "bases are relative: 'from .name import *'");
        }
        tokens.expect("import");
        List<Alias> names = tokens.take("*") ? List.of() : aliases();
        if (!tokens.take(Token.Kind.NEWLINE)) {
            throw tokens.unexpected("the end of the line");
        }
        int dots = 0;
        while (dots < module.length() && module.charAt(dots) == '.') {
            dots++;
        }
        String path = "../".repeat(dots - 1) + module.substring(dots).replace('.', '/') + ".py";
        return new ReadBase(path, names, span);
    }

    private String moduleName() {
        StringBuilder module = new StringBuilder();
        while (tokens.is(".") || tokens.is("...") || (tokens.at(Token.Kind.NAME) && !tokens.is("import"))) {
            module.append(tokens.advance().text());
        }
        return module.toString();
    }

    private List<Alias> aliases() {
        List<Alias> names = new ArrayList<>();
        boolean bracket = tokens.take("(");
        do {
            if (bracket && tokens.is(")")) {
                break;
            }
            String name = tokens.name();
            names.add(new Alias(name, tokens.take("as") ? tokens.name() : name));
        } while (tokens.take(","));
        if (bracket) {
            tokens.expect(")");
        }
        return List.copyOf(names);
    }
}
