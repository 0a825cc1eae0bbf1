package terrazzo.config.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.syntax.Node.Expr;
import terrazzo.config.syntax.Node.FormatPart;
import terrazzo.config.value.Value;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Splits f-strings into texts and fields.
final class FormatStringParser {

    private final String file;

    FormatStringParser(String file) {
        this.file = file;
    }

    /// The parts of one f-string.
    ///
    /// @param depth how deep in other expressions it stands
    List<FormatPart> parts(Token token, int depth) {
        return parts(token.text(), new SourceSpan(file, token.line()), depth);
    }

    /// A part that is just text.
    static FormatPart text(String text, SourceSpan span) {
        return new FormatPart(new Node.Literal(new Value.Str(text), span), "", Optional.empty());
    }

    private List<FormatPart> parts(String body, SourceSpan span, int depth) {
        List<FormatPart> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            boolean twice = i + 1 < body.length() && body.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && twice) {
                plain.append(c);
                i++;
            } else if (c == '{') {
                if (!plain.isEmpty()) {
                    parts.add(text(plain.toString(), span));
                    plain.setLength(0);
                }
                int end = closing(body, i, span);
                parts.add(field(body.substring(i + 1, end), span, depth));
                i = end;
            } else if (c == '}') {
                throw new ConfigException(
                        span,
                        Complaint.at("").got("a single '}' in an f-string").advice("write '}}'"));
            } else {
                plain.append(c);
            }
        }
        if (!plain.isEmpty()) {
            parts.add(text(plain.toString(), span));
        }
        return parts;
    }

    private static int closing(String body, int open, SourceSpan span) {
        int level = 0;
        for (int i = open; i < body.length(); i++) {
            level += body.charAt(i) == '{' ? 1 : body.charAt(i) == '}' ? -1 : 0;
            if (level == 0) {
                return i;
            }
        }
        throw new ConfigException(
                span, Complaint.at("").expected("'}' in the f-string").got("its end"));
    }

    private FormatPart field(String field, SourceSpan span, int depth) {
        int end = expressionEnd(field);
        String conversion = "";
        int rest = end;
        if (rest < field.length() && field.charAt(rest) == '!') {
            conversion = field.substring(rest + 1, Math.min(rest + 2, field.length()));
            if (!conversion.equals("r") && !conversion.equals("s")) {
                throw new ConfigException(
                        span, Complaint.at("").expected("!r or !s").got("'!" + conversion + "'"));
            }
            rest += 2;
        }
        Optional<Expr> format = Optional.empty();
        if (rest < field.length() && field.charAt(rest) == ':') {
            format = Optional.of(new Node.FormatString(parts(field.substring(rest + 1), span, depth + 1), span));
        } else if (rest < field.length()) {
            throw new ConfigException(
                    span,
                    Complaint.at("").expected("':' or '}' in the f-string").got("'" + field.charAt(rest) + "'"));
        }
        TokenReader tokens = new TokenReader(Lexer.expression(field.substring(0, end), file, span.line()), file);
        Expr value = new ExpressionParser(tokens, depth + 1).expressions();
        if (!tokens.at(Token.Kind.END)) {
            throw tokens.unexpected("'}' in the f-string");
        }
        return new FormatPart(value, conversion, format);
    }

    /// Where the expression ends: at a `:` or `!` outside of brackets and quotes.
    private static int expressionEnd(String field) {
        int level = 0;
        char quote = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                level++;
            } else if (")]}".indexOf(c) >= 0) {
                level--;
            } else if (level == 0 && (c == ':' || (c == '!' && !field.startsWith("!=", i)))) {
                return i;
            }
        }
        return field.length();
    }
}
