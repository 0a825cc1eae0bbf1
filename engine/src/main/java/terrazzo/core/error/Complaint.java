package terrazzo.core.error;

/// What went wrong, in parts, so that each boundary can word it in its own language and layout.
///
/// @param where file, `file:line`, config path or module path; lower case start
/// @param expected what would have been right; empty when only [#got] can be said
/// @param got what was found instead
/// @param advice what the user can do about it; empty when the other parts say it
public record Complaint(String where, String expected, String got, String advice) {

    /// A complaint in the house's grammar: `where: expected …, got … — what to do`.
    public static Complaint at(String where) {
        return new Complaint(where, "", "", "");
    }

    public Complaint expected(String text) {
        return new Complaint(where, text, got, advice);
    }

    public Complaint got(String text) {
        return new Complaint(where, expected, text, advice);
    }

    public Complaint advice(String text) {
        return new Complaint(where, expected, got, text);
    }

    /// The same complaint seen from further out: `outer: where`.
    public Complaint within(String outer) {
        return new Complaint(where.isEmpty() ? outer : outer + ": " + where, expected, got, advice);
    }

    /// One line: `where: expected …, got … — advice`.
    public String text() {
        StringBuilder line = new StringBuilder(where);
        if (!where.isEmpty()) {
            line.append(": ");
        }
        if (!expected.isEmpty()) {
            line.append("expected ").append(expected);
            line.append(got.isEmpty() ? "" : ", got ");
        }
        line.append(got);
        if (!advice.isEmpty()) {
            line.append(" — ").append(advice);
        }
        return line.toString();
    }
}
