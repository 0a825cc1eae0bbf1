package terrazzo.app.shell;

import java.util.Locale;

/// How well a few typed letters match a text.
final class FuzzyMatch {

    static final int NONE = -1;

    private FuzzyMatch() {}

    /// A score, higher is better, or [#NONE] when the letters don't occur in this order. Letters that begin words and
    /// letters in a row count more; shorter texts win.
    static int score(String query, String text) {
        String wanted = query.toLowerCase(Locale.ROOT).strip();
        String within = text.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return 0;
        }
        int exact = within.indexOf(wanted);
        if (exact >= 0) {
            boolean isWordStart = exact == 0 || !Character.isLetterOrDigit(within.charAt(exact - 1));
            return 1000 + (isWordStart ? 500 : 0) - exact - text.length() / 4;
        }
        int score = 0;
        int at = -1;
        for (int i = 0; i < wanted.length(); i++) {
            char letter = wanted.charAt(i);
            if (letter == ' ') {
                continue;
            }
            int next = within.indexOf(letter, at + 1);
            if (next < 0) {
                return NONE;
            }
            boolean isWordStart = next == 0 || !Character.isLetterOrDigit(within.charAt(next - 1));
            score += isWordStart ? 30 : next == at + 1 ? 20 : Math.max(0, 8 - (next - at));
            at = next;
        }
        return score;
    }
}
