package terrazzo.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import terrazzo.core.error.ConfigException;

/// The texts of all refusals, in `tests/golden/errors/config.txt`.
class ConfigErrorsTest {

    private static final Path GOLDEN = Path.of("../tests/golden/errors/config.txt");

    private record Case(String name, String text, String message) {}

    @Test
    void saysWhatIsWrongWhereAndWhatToDo() throws IOException {
        List<Case> cases = cases();
        List<Case> got = new ArrayList<>();
        for (Case c : cases) {
            got.add(new Case(c.name, c.text, message(c.text)));
        }
        if (Boolean.getBoolean("golden.update")) {
            write(got);
            fail("rewrote " + GOLDEN);
        }
        assertEquals(44, cases.size());
        assertEquals(print(cases), print(got));
    }

    @Test
    void refusesDeepNestingWithoutOverflowingTheStack() {
        String lists = "a = " + "[".repeat(100_000) + "]".repeat(100_000);
        assertEquals(
                "c.py:1: expected values only, got more than 100 levels of brackets — give the inner parts names",
                message(lists));
        String signs = "a = " + "-".repeat(100_000) + "1";
        assertEquals(
                "c.py:1: expected values only, got more than 100 levels of brackets — give the inner parts names",
                message(signs));
        String sums = "a = 1" + " + 1".repeat(100_000);
        assertEquals(
                "c.py:1: expected values only, got more than 200 operators in a row — give the parts names",
                message(sums));
        String calls = "a = b" + "()".repeat(100_000);
        assertEquals(
                "c.py:1: expected values only, got more than 200 operators in a row — give the parts names",
                message(calls));
    }

    private static String message(String text) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(ConfigException.class, () -> Config.parse(text, "c.py"))
                        .complaint()
                        .text());
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        String[] blocks = Files.readString(GOLDEN, UTF_8).split("\n=== ");
        for (int i = 1; i < blocks.length; i++) {
            int name = blocks[i].indexOf('\n');
            int line = blocks[i].indexOf("\n---\n");
            String message = blocks[i].substring(line + 5).strip();
            cases.add(new Case(blocks[i].substring(0, name), blocks[i].substring(name + 1, line), message));
        }
        return cases;
    }

    private static String print(List<Case> cases) {
        StringBuilder out = new StringBuilder();
        cases.forEach(c -> out.append("\n=== ")
                .append(c.name)
                .append('\n')
                .append(c.text)
                .append("\n---\n")
                .append(c.message)
                .append('\n'));
        return out.toString();
    }

    private static void write(List<Case> cases) throws IOException {
        String header = Files.readString(GOLDEN, UTF_8).split("\n=== ", 2)[0];
        Files.writeString(GOLDEN, header + print(cases), UTF_8);
    }
}
