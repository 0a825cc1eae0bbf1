package terrazzo.checkpoint;

import java.nio.charset.StandardCharsets;

/// The two ways in which the oldest protocol spells texts.
final class PickleText {

    private PickleText() {}

    /// A Python 2 string literal: quotes around Latin-1 bytes with escapes.
    static String unquote(PickleInput in) {
        String line = in.latin1Line().strip();
        int last = line.length() - 1;
        boolean isQuoted =
                last >= 1 && line.charAt(0) == line.charAt(last) && (line.charAt(0) == '\'' || line.charAt(0) == '"');
        if (!isQuoted) {
            throw in.damaged("a text without quotes");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < last; i++) {
            char c = line.charAt(i);
            if (c != '\\' || i + 1 >= last) {
                text.append(c);
                continue;
            }
            char kind = line.charAt(++i);
            if (kind == 'x' && i + 2 < last) {
                text.append((char) hex(in, line.substring(i + 1, i + 3)));
                i += 2;
            } else {
                text.append(escaped(kind));
            }
        }
        return text.toString();
    }

    /// Raw unicode escapes: `\\u` and four hexadecimal digits, everything else as it is.
    static String unescape(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            boolean isEscape = line.startsWith("\\u", i) && i + 6 <= line.length();
            if (isEscape && line.substring(i + 2, i + 6).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                text.append((char) Integer.parseInt(line.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                text.append(line.charAt(i));
            }
        }
        return text.toString();
    }

    /// Python's way to send bytes through a protocol without them: `_codecs.encode(text, 'latin1')`.
    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int hex(PickleInput in, String digits) {
        try {
            return Integer.parseInt(digits, 16);
        } catch (NumberFormatException _) {
            throw in.damaged("a text with a bad escape");
        }
    }

    private static char escaped(char kind) {
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> kind; // quotes and the backslash itself
        };
    }
}
