package terrazzo.core.error;

/// A place in a text file.
///
/// @param file path as the user gave it, or a name in angle brackets where there is no file
/// @param line line number from 1; 0 when the text has no lines to speak of
public record SourceSpan(String file, int line) {

    /// Where a value was made by code, not read from a file.
    public static SourceSpan none(String origin) {
        return new SourceSpan(origin, 0);
    }

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
