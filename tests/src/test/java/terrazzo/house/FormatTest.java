package terrazzo.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every Java file is formatted as palantir-java-format does it. `-Dformat.apply=true` rewrites those that are not,
/// and fails, so that the change is looked at.
///
/// It runs here and not in Spotless because Spotless lives in Maven's JVM, which may be 17, and the formatter parses
/// with
/// the compiler of the JVM it runs in.
final class FormatTest {

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void everyFileIsFormatted() throws IOException {
        Repository repository = Repository.here();
        boolean apply = Boolean.getBoolean("format.apply");
        List<String> wrong = repository.javaFiles().parallelStream()
                .filter(file -> !isFormatted(file, apply))
                .map(repository::name)
                .toList();
        assertEquals(
                List.of(),
                wrong,
                apply
                        ? "rewritten; look at the changes and run again"
                        : "not formatted — mvn verify -pl tests -am -Dtest=FormatTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dformat.apply=true");
    }

    private static boolean isFormatted(Path file, boolean apply) {
        String text = Repository.text(file);
        try {
            String formatted = FORMATTER.formatSourceAndFixImports(text);
            if (apply && !formatted.equals(text)) {
                Files.write(file, formatted.getBytes(StandardCharsets.UTF_8));
            }
            return formatted.equals(text);
        } catch (FormatterException | IOException e) {
            return fail(file + ": " + e.getMessage(), e);
        }
    }
}
