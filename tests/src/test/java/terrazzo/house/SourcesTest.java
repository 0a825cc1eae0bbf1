package terrazzo.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a source file looks like, as far as text tells it; the compiled side is in [ArchitectureTest].
final class SourcesTest {

    private static final long LARGEST_FILE_BYTES = 5_000_000;

    private static final Pattern TEST_ANNOTATION = Pattern.compile(
            "^\\s*@(Test|TestFactory|TestTemplate|ParameterizedTest|RepeatedTest|Property)\\b", Pattern.MULTILINE);
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:abstract|final|sealed|non-sealed|strictfp) )*(?:class|interface|record|enum|@interface)"
                    + " (\\w+)",
            Pattern.MULTILINE);
    private static final Pattern BROAD_CATCH =
            Pattern.compile("catch \\((?:final )?(?:Runtime)?(?:Exception|Throwable) \\w+\\) \\{(.*)");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.~-])/(?:work|root|tmp|home/\\w+)/");

    private final Repository repository = Repository.here();

    @Test
    void testsAreInClassesThatSurefireFinds() throws IOException {
        assertEquals(
                List.of(),
                names(repository.javaFiles().stream()
                        .filter(file ->
                                TEST_ANNOTATION.matcher(Repository.text(file)).find())
                        .filter(file -> !file.toString().endsWith("Test.java"))),
                "these never run, because Surefire looks for names that end in Test");
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
        assertEquals(
                List.of(),
                names(repository.mainJavaFiles().stream()
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> {
                            Path description = folder.resolve("package-info.java");
                            String text = Files.exists(description) ? Repository.text(description) : "";
                            return !text.startsWith("///") || !text.contains("\n@NullMarked\npackage ");
                        })),
                "a package begins with a paragraph of what lives there, and NullAway only checks @NullMarked packages");
    }

    @Test
    void publicTypesOfTheEngineAreDocumented() throws IOException {
        assertEquals(
                List.of(),
                names(repository.mainJavaFiles().stream()
                        .filter(file -> repository.name(file).startsWith("engine/")
                                || repository.name(file).contains("/app/spi/"))
                        .filter(file -> !isDocumented(Repository.text(file)))),
                "a reader learns what a type is from its first sentence");
    }

    /// Whether a doc comment stands between the imports and the type; no text in between looks like one.
    private static boolean isDocumented(String text) {
        Matcher type = PUBLIC_TYPE.matcher(text);
        return !type.find() || text.substring(0, type.start()).contains("\n/// ");
    }

    @Test
    void aBroadCatchSaysWhyOnItsLine() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path file : repository.mainJavaFiles()) {
            Matcher broad = BROAD_CATCH.matcher(Repository.text(file));
            while (broad.find()) {
                if (!broad.group(1).contains("//")) {
                    silent.add(repository.name(file) + ": " + broad.group());
                }
            }
        }
        assertEquals(List.of(), silent, "catch what is expected; only a boundary may catch all, and says so");
    }

    @Test
    void nothingKnowsTheMachineItWasWrittenOn() throws IOException {
        assertEquals(
                List.of(),
                names(repository.files().stream()
                        .filter(file -> isText(file)
                                && MACHINE_PATH.matcher(Repository.text(file)).find())),
                "paths of one machine mean nothing on another");
    }

    @Test
    void noFileIsLarge() throws IOException {
        List<String> large = new ArrayList<>();
        for (Path file : repository.files()) {
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                large.add(repository.name(file));
            }
        }
        assertEquals(List.of(), large, "every clone carries every version of a file");
    }

    private static boolean isText(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names(Stream<Path> files) {
        return files.map(repository::name).toList();
    }
}
