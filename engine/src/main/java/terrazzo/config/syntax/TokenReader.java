package terrazzo.config.syntax;

import java.util.List;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Tokens read from front to back.
final class TokenReader {

    private final List<Token> tokens;
    private final String file;
    private int at;

    TokenReader(List<Token> tokens, String file) {
        this.tokens = tokens;
        this.file = file;
    }

    String file() {
        return file;
    }

    SourceSpan span() {
        return new SourceSpan(file, peek().line());
    }

    Token peek() {
        return tokens.get(at);
    }

    /// The token `ahead` places further on; the last one beyond the end.
    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token advance() {
        return tokens.get(at < tokens.size() - 1 ? at++ : at);
    }

    boolean at(Token.Kind kind) {
        return peek().kind() == kind;
    }

    boolean is(String operatorOrName) {
        return peek().is(operatorOrName);
    }

    boolean take(Token.Kind kind) {
        boolean there = at(kind);
        if (there) {
            advance();
        }
        return there;
    }

    boolean take(String operatorOrName) {
        boolean there = is(operatorOrName);
        if (there) {
            advance();
        }
        return there;
    }

    void expect(String operatorOrName) {
        if (!take(operatorOrName)) {
            throw unexpected("'" + operatorOrName + "'");
        }
    }

    String name() {
        if (!at(Token.Kind.NAME)) {
            throw unexpected("a name");
        }
        return advance().text();
    }

    ConfigException unexpected(String expected) {
        return new ConfigException(span(), Complaint.at("").expected(expected).got(peek().quoted()));
    }

    /// An error for what Python has and configs may not use.
    ConfigException refused(String what, String advice) {
        return new ConfigException(
                span(), Complaint.at("").expected("values only").got(what).advice(advice));
    }
}
