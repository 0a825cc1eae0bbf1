package terrazzo.app.l10n;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import org.junit.jupiter.api.Test;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;

class TextsTest {

    private final Texts texts = new Texts(Language.ENGLISH);

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertEquals(new TreeSet<>(texts.keys(Language.ENGLISH)), new TreeSet<>(texts.keys(Language.CHINESE)));
    }

    @Test
    void translationsTakeTheSameArguments() {
        for (String key : texts.keys(Language.ENGLISH)) {
            texts.languageProperty().set(Language.ENGLISH);
            List<String> english = arguments(texts.get(key));
            texts.languageProperty().set(Language.CHINESE);
            assertEquals(english, arguments(texts.get(key)), key);
        }
    }

    @Test
    void everyKeyNamedInTheSourcesHasAText() throws IOException {
        List<String> missing = new ArrayList<>();
        Pattern use = Pattern.compile("texts(?:\\(\\))?\\s*\\.(?:get|bind)\\(\\s*\"([a-zA-Z0-9.]+)\"[,)]");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(p -> p.toString().endsWith(".java")).toList()) {
                Matcher m = use.matcher(Files.readString(source));
                while (m.find()) {
                    if (!texts.keys(Language.ENGLISH).contains(m.group(1))) {
                        missing.add(source.getFileName() + ": " + m.group(1));
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void bindingsFollowTheLanguage() {
        SimpleStringProperty shown = new SimpleStringProperty();
        shown.bind(texts.bind("workspace.inference"));
        assertEquals("Inference", shown.get());
        texts.languageProperty().set(Language.CHINESE);
        assertEquals("推理", shown.get());
    }

    @Test
    void fillsInNumbersAsTheLanguageWritesThem() {
        assertEquals("12.5 fps", texts.get("inference.fps", 12.5));
    }

    @Test
    void failuresAreSaidInTheUsersWords() {
        UserWords words = new UserWords(texts);
        var media = words.of(new MediaException(
                Complaint.at("a.png").expected("an image").got("an empty file").advice("copy it again")));
        assertEquals("This can’t be shown", media.title());
        assertEquals("a.png: expected an image, got an empty file — copy it again", media.text());
        assertEquals("", media.details());
        assertEquals(
                "The file is not there any more",
                words.of(new NoSuchFileException("b.png")).title());
        assertEquals("b.png", words.of(new AccessDeniedException("b.png")).text());
    }

    @Test
    void complaintsAreSentencesOfTheLanguage() {
        Complaint all =
                Complaint.at("a.png").expected("an image").got("an empty file").advice("check the path");
        for (Complaint each : List.of(
                all,
                all.advice(""),
                all.expected(""),
                all.got(""),
                new Complaint("", "an image", "", ""),
                new Complaint("", "", "more", "check the path"))) {
            assertEquals(each.text(), texts.sentence(each));
        }
        texts.languageProperty().set(Language.CHINESE);
        assertEquals("a.png：需要：图像；实际：空文件。请检查路径", texts.sentence(all));
        assertEquals("空文件", texts.sentence(Complaint.at("").got("an empty file")));
        assertEquals(
                "3 个键中缺少 2 个：'a', 'b'。是否想写 'fp32'？",
                texts.sentence(
                        Complaint.at("").got("2 of 3 keys missing: 'a', 'b'").advice("did you mean 'fp32'?")));
        assertEquals("needs no words", texts.sentence(Complaint.at("").got("needs no words")), "without a translation");
    }

    @Test
    void faultsOfOursShowNoClassNameButKeepIt() {
        var fault = new UserWords(texts).of(new IllegalStateException("boom"));
        assertFalse((fault.title() + fault.text()).contains("Exception"));
        assertTrue(fault.details().startsWith("java.lang.IllegalStateException: boom"));
    }

    private static List<String> arguments(String text) {
        return Pattern.compile("\\{(\\d)")
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .distinct() // a plural names its number again
                .sorted()
                .toList();
    }
}
