package terrazzo.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds the names that a user may have meant.
public final class Nearest {

    private Nearest() {}

    /// The `limit` names closest to `name` by edit distance, the closest first; names further than half of `name`'s
    /// length away are left out.
    public static List<String> to(String name, Collection<String> names, int limit) {
        int reach = Math.max(2, name.length() / 2);
        String wanted = name.toLowerCase(Locale.ROOT);
        record Candidate(String name, int distance) {}
        return names.stream()
                .map(n -> new Candidate(n, distance(wanted, n.toLowerCase(Locale.ROOT), reach)))
                .filter(c -> c.distance <= reach)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(limit)
                .map(Candidate::name)
                .toList();
    }

    /// `did you mean 'x' or 'y'?`, or an empty text when nothing is near.
    public static String suggestion(String name, Collection<String> names) {
        List<String> near = to(name, names, 2);
        return near.isEmpty() ? "" : "did you mean '" + String.join("' or '", near) + "'?";
    }

    /// Levenshtein distance, or a number above `reach` as soon as it can't come below any more.
    private static int distance(String a, String b, int reach) {
        if (Math.abs(a.length() - b.length()) > reach) {
            return reach + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
