package terrazzo.config.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.config.syntax.Token.Kind;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Cuts a config's text into tokens, with Python's rules for indentation, joined lines, strings and numbers.
final class Lexer {

    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F_]++|0[oO][0-7_]++|0[bB][01_]++"
            + "|(?<real>\\d[\\d_]*+\\.(?:\\d[\\d_]*+)?(?:[eE][+-]?\\d++)?|\\.\\d[\\d_]*+(?:[eE][+-]?\\d++)?"
            + "|\\d[\\d_]*+[eE][+-]?\\d++)|\\d[\\d_]*+");
    private static final Pattern BASE_VARIABLE = Pattern.compile("\\{\\{\\s*_base_\\.[\\w.]+\\s*}}");
    // Longest first, so that '**=' is not read as '**' and '='.
    private static final List<String> OPERATORS = List.of(
            "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=",
            "/=", "%=", "&=", "|=", "^=", "@=", ":=", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=", "+", "-",
            "*", "/", "%", "<", ">", "&", "|", "^", "~", "@");

    private final String text;
    private final String file;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
    private int at;
    private int line;
    private final Deque<Integer> brackets = new ArrayDeque<>(); // the line of each open one

    private Lexer(String text, String file, int firstLine) {
        this.text = text;
        this.file = file;
        this.line = firstLine;
    }

    /// The tokens of a whole file; ends with [Kind#END].
    static List<Token> file(String text, String file) {
        Lexer lexer = new Lexer(text.replace("\r\n", "\n").replace('\r', '\n'), file, 1);
        lexer.at = lexer.text.startsWith("\uFEFF") ? 1 : 0;
        lexer.lines();
        return lexer.tokens;
    }

    /// The tokens of one expression, such as a field of an f-string; line ends count as blanks.
    static List<Token> expression(String text, String file, int line) {
        Lexer lexer = new Lexer(text, file, line);
        lexer.brackets.push(line);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        lexer.add(Kind.END, "");
        return lexer.tokens;
    }

    private void lines() {
        boolean lineStart = true;
        while (at < text.length()) {
            if (lineStart && brackets.isEmpty() && !indentation()) {
                continue;
            }
            lineStart = next();
        }
        if (!brackets.isEmpty()) {
            line = brackets.element();
            throw error(Complaint.at("").expected("a bracket that is closed").got("the end of the file"));
        }
        add(Kind.NEWLINE, "");
        while (indents.size() > 1) {
            indents.pop();
            add(Kind.DEDENT, "");
        }
        add(Kind.END, "");
    }

    /// Reads a line's leading blanks; false when the line holds nothing but a comment and was skipped.
    private boolean indentation() {
        int width = 0;
        while (at < text.length() && " \t\f".indexOf(text.charAt(at)) >= 0) {
            width = text.charAt(at) == '\t' ? (width / 8 + 1) * 8 : width + 1;
            at++;
        }
        if (at < text.length() && text.charAt(at) == '#') {
            skipComment();
        }
        if (at == text.length()) {
            return false;
        }
        if (text.charAt(at) == '\n') {
            at++;
            line++;
            return false;
        }
        if (width > indents.element()) {
            indents.push(width);
            add(Kind.INDENT, "");
        }
        while (width < indents.element()) {
            indents.pop();
            add(Kind.DEDENT, "");
        }
        if (width != indents.element()) {
            throw error(Complaint.at("")
                    .expected("the indentation of an earlier line")
                    .got(width + " blanks"));
        }
        return true;
    }

    /// Reads one token or skips blanks; true when a line has ended.
    private boolean next() {
        char c = text.charAt(at);
        if (c == '\n') {
            at++;
            if (brackets.isEmpty()) {
                add(Kind.NEWLINE, "");
            }
            line++;
            return brackets.isEmpty();
        }
        if (c == ' ' || c == '\t' || c == '\f') {
            at++;
        } else if (c == '#') {
            skipComment();
        } else if (c == '\\' && text.startsWith("\n", at + 1)) {
            at += 2;
            line++;
        } else if (Character.isDigit(c)
                || (c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)))) {
            number();
        } else if (stringStart() >= 0) {
            string(stringStart());
        } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
            int start = at;
            while (at < text.length()
                    && (Character.isUnicodeIdentifierPart(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            add(Kind.NAME, text.substring(start, at));
        } else {
            operator();
        }
        return false;
    }

    private void operator() {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                if ("([{".contains(operator)) {
                    brackets.push(line);
                } else if (")]}".contains(operator)) {
                    if (brackets.poll() == null) {
                        throw error(Complaint.at("").got("'" + operator + "' without its opening bracket"));
                    }
                }
                add(Kind.OPERATOR, operator);
                return;
            }
        }
        throw error(Complaint.at("").got("the character '" + text.charAt(at) + "' that Python does not use here"));
    }

    private void number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw error(Complaint.at("").expected("a number").got("'" + text.charAt(at) + "'"));
        }
        boolean real = number.group("real") != null;
        String word = number.group();
        at = number.end();
        if (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
            throw error(Complaint.at("").expected("a number").got("'" + word + text.charAt(at) + "'"));
        }
        if (!real && word.length() > 1 && word.startsWith("0") && word.matches("0[0-9_]*[1-9][0-9_]*")) {
            throw error(
                    Complaint.at("").expected("a number without leading zeros").got("'" + word + "'"));
        }
        add(real ? Kind.REAL : Kind.INT, word.replace("_", ""));
    }

    /// The length of the prefix (`r`, `f`, …) of a string that starts here, or -1 where none does.
    private int stringStart() {
        for (int length = 0; length <= 2 && at + length < text.length(); length++) {
            char c = text.charAt(at + length);
            if (c == '\'' || c == '"') {
                return length;
            }
            if ("rRbBuUfF".indexOf(c) < 0) {
                return -1;
            }
        }
        return -1;
    }

    private void string(int prefixLength) {
        String prefix = text.substring(at, at + prefixLength).toLowerCase(Locale.ROOT);
        if (prefix.contains("b")) {
            throw error(Complaint.at("").expected("text").got("bytes").advice("drop the 'b' before the quote"));
        }
        int firstLine = line;
        at += prefixLength;
        char quote = text.charAt(at);
        boolean triple = text.startsWith(String.valueOf(quote).repeat(3), at);
        String end = String.valueOf(quote).repeat(triple ? 3 : 1);
        at += end.length();
        int start = at;
        while (!text.startsWith(end, at)) {
            if (at >= text.length() || (text.charAt(at) == '\n' && !triple)) {
                line = firstLine;
                throw error(Complaint.at("")
                        .expected("a closing " + end)
                        .got(triple ? "the end of the file" : "the end of the line"));
            }
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                line += text.charAt(at + 1) == '\n' ? 1 : 0;
                at++;
            } else if (text.charAt(at) == '\n') {
                line++;
            }
            at++;
        }
        String body = text.substring(start, at);
        at += end.length();
        String decoded = prefix.contains("r") ? body : Escapes.decode(body, new SourceSpan(file, firstLine));
        if (prefix.contains("f")) {
            tokens.add(new Token(Kind.FORMAT_STRING, decoded, firstLine));
        } else if (BASE_VARIABLE.matcher(body).find()) {
            tokens.add(new Token(Kind.TEMPLATE, decoded, firstLine));
        } else {
            tokens.add(new Token(Kind.STRING, decoded, firstLine));
        }
    }

    private void skipComment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void add(Kind kind, String word) {
        tokens.add(new Token(kind, word, line));
    }

    private ConfigException error(Complaint complaint) {
        return new ConfigException(new SourceSpan(file, line), complaint);
    }
}
