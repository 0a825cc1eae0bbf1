package terrazzo.config.syntax;

/// One word of a config's text.
///
/// @param text the word as it stands; the decoded characters of a string; the raw characters of an f-string
/// @param line line number from 1
record Token(Kind kind, String text, int line) {

    enum Kind {
        NAME,
        INT,
        REAL,
        STRING,
        /// A string that names variables of the base config, such as `'{{ _base_.x }}'`.
        TEMPLATE,
        FORMAT_STRING,
        OPERATOR,
        NEWLINE,
        INDENT,
        DEDENT,
        END
    }

    boolean is(String operatorOrName) {
        return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(operatorOrName);
    }

    /// The token as a message quotes it.
    String quoted() {
        return switch (kind) {
            case NEWLINE -> "the end of the line";
            case INDENT -> "an indented line";
            case DEDENT -> "the end of a block";
            case END -> "the end of the file";
            case STRING, TEMPLATE, FORMAT_STRING ->
                "text '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
            case NAME, INT, REAL, OPERATOR -> "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
        };
    }
}
