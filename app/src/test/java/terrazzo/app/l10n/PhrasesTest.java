package terrazzo.app.l10n;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhrasesTest {

    private static final Pattern HOLE = Pattern.compile("\\{\\d?}");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

    private final List<Phrases.Phrase> phrases =
            Phrases.load("terrazzo/text/complaints_zh.tsv").all();

    @Test
    void eachIsStillSaidByTheEngine() throws IOException {
        List<String> sources = sources();
        assertEquals(
                List.of(),
                phrases.stream()
                        .map(Phrases.Phrase::template)
                        .filter(t -> sources.stream().noneMatch(s -> says(s, t)))
                        .toList());
    }

    @Test
    void translationsHaveTheSameHoles() {
        for (Phrases.Phrase phrase : phrases) {
            long holes = HOLE.matcher(phrase.template()).results().count();
            assertEquals(
                    IntStream.range(0, (int) holes).boxed().collect(Collectors.toSet()),
                    HOLE.matcher(phrase.other())
                            .results()
                            .map(h -> h.group().length() == 2 ? 0 : h.group().charAt(1) - '0')
                            .collect(Collectors.toSet()),
                    phrase.template());
        }
    }

    @Test
    void anExactPhraseComesBeforeOneWithHoles() {
        Phrases all = Phrases.load("terrazzo/text/complaints_zh.tsv");
        for (Phrases.Phrase phrase : phrases) {
            if (!HOLE.matcher(phrase.template()).find()) {
                assertEquals(phrase.other(), all.of(phrase.template()));
            }
        }
    }

    /// All words between the holes, in one file.
    private static boolean says(String source, String template) {
        return Arrays.stream(HOLE.split(template)).allMatch(source::contains);
    }

    /// With texts that go over several lines joined.
    private static List<String> sources() throws IOException {
        try (Stream<Path> engine = Files.walk(Path.of("../engine/src/main/java"));
                Stream<Path> form = Files.walk(Path.of("src/main/java/terrazzo/app/workspace/train"))) {
            return Stream.concat(engine, form)
                    .filter(f -> f.toString().endsWith(".java"))
                    .map(PhrasesTest::read)
                    .map(text -> JOINED.matcher(text).replaceAll(""))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
