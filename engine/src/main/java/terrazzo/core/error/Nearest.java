package terrazzo.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds the names that a user may have meant.
public final class Nearest {

    private Nearest() {}

    /// The `limit` names closest to `name` by edit distance (swapped neighbours count once), the closest first; names
    /// further than half of `name`'s
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

    /// Characters to insert, leave out, replace or swap with their neighbour (optimal string alignment); some number
    /// above `reach` where the lengths alone say that it is.
    private static int distance(String a, String b, int reach) {
        if (Math.abs(a.length() - b.length()) > reach) {
            return reach + 1;
        }
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : best(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int best(int[][] rows, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(rows[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }
}
