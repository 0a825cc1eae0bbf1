package terrazzo.config.syntax;

import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// Python's backslash escapes.
final class Escapes {

    private Escapes() {}

    /// The characters that `body`, the text between two quotes, stands for. Unknown escapes keep their backslash, as
    /// in Python.
    static String decode(String body, SourceSpan span) {
        if (body.indexOf('\\') < 0) {
            return body;
        }
        StringBuilder out = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '\\' || i + 1 == body.length()) {
                out.append(c);
                continue;
            }
            char escape = body.charAt(++i);
            switch (escape) {
                case '\n' -> {}
                case '\\', '\'', '"' -> out.append(escape);
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'a' -> out.append('\u0007');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'v' -> out.append('\u000B');
                case 'x', 'u', 'U' -> {
                    int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : 8;
                    out.appendCodePoint(codePoint(body, i + 1, digits, span));
                    i += digits;
                }
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    int end = i + 1;
                    while (end < body.length() && end < i + 3 && "01234567".indexOf(body.charAt(end)) >= 0) {
                        end++;
                    }
                    out.append((char) Integer.parseInt(body, i, end, 8));
                    i = end - 1;
                }
                default -> out.append('\\').append(escape);
            }
        }
        return out.toString();
    }

    private static int codePoint(String body, int start, int digits, SourceSpan span) {
        String hex = body.substring(start, Math.min(start + digits, body.length()));
        if (hex.matches("[0-9a-fA-F]{" + digits + "}")) {
            long code = Long.parseLong(hex, 16);
            if (code <= Character.MAX_CODE_POINT) {
                return (int) code;
            }
        }
        throw new ConfigException(
                span,
                Complaint.at("")
                        .expected(digits + " hexadecimal digits of a character")
                        .got("'" + hex + "'"));
    }
}
