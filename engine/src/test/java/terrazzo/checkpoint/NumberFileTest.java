package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.core.error.CheckpointException;

final class NumberFileTest {

    // `numpy.save(f, numpy.array([0.5, -2, 10]))`, `pickle.dump([0.5, -2, 10], f)` and `pickle.dump(numpy.array([0.5,
    // -2, 10]), f, protocol=2)`, in base 64.
    private static final String NPY =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfS"
                    + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADg"
                    + "PwAAAAAAAADAAAAAAAAAJEA=";

    private static final String LIST = "gASVFQAAAAAAAABdlChHP+AAAAAAAABK/v///0sKZS4=";

    private static final String ARRAY =
            "gAJjbnVtcHkuX2NvcmUubXVsdGlhcnJheQpfcmVjb25zdHJ1Y3QKcQBjbnVtcHkKbmRhcnJheQpxAUsAhXECY19jb2"
                    + "RlY3MKZW5jb2RlCnEDWAEAAABicQRYBgAAAGxhdGluMXEFhnEGUnEHh3EIUnEJKEsBSwOFcQpjbnVtcHkKZHR5cGUK"
                    + "cQtYAgAAAGY4cQyJiIdxDVJxDihLA1gBAAAAPHEPTk5OSv////9K/////0sAdHEQYoloA1gaAAAAAAAAAAAAw6A/AA"
                    + "AAAAAAAMOAAAAAAAAAJEBxEWgFhnESUnETdHEUYi4=";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        weights.json | '[0.5, -2, 1e1]'
        weights.yaml | '- 0.5\n- -2\n- 10\n'
        weights.yml  | '[0.5, -2.0, 10]'
        weights.txt  | '0.5 -2\n10'
        """)
    void readsText(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text.replace("\\n", "\n"));

        assertEquals(List.of(0.5, -2.0, 10.0), NumberFile.read(file.toString()));
    }

    @Test
    void readsWhatPythonWrote() throws IOException {
        for (Map.Entry<String, String> written :
                Map.of("a.npy", NPY, "b.pkl", LIST, "c.pkl", ARRAY).entrySet()) {
            Path file = Files.write(
                    folder.resolve(written.getKey()), Base64.getDecoder().decode(written.getValue()));

            assertEquals(List.of(0.5, -2.0, 10.0), NumberFile.read(file.toString()));
        }
    }

    @Test
    void refusesWhatIsNoList() throws IOException {
        assertEquals("none.txt: expected a list of numbers, got no such file", failure(Path.of("none.txt")));
        assertEquals(
                "words.txt: expected a list of numbers, got 'road'",
                failure(Files.writeString(folder.resolve("words.txt"), "1 road")));
        assertEquals(
                "empty.json: expected a list of numbers, got none",
                failure(Files.writeString(folder.resolve("empty.json"), "[]")));
        assertEquals(
                "big.txt: expected a list of numbers, got more than 1048576 bytes",
                failure(Files.write(folder.resolve("big.txt"), new byte[1 << 21])));
    }

    @Test
    void runsNothingThatAPickleAsksFor() throws IOException {
        Path file = Files.write(
                folder.resolve("evil.pkl"),
                "\u0080\u0002cos\nsystem\nX\u0002\u0000\u0000\u0000ls\u0085R.".getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(
                "evil.pkl: refused to load: the file calls 'os.system', which no checkpoint needs and an attack does",
                failure(file).split(" —", -1)[0]);
    }

    private String failure(Path file) {
        String message = String.valueOf(assertThrows(CheckpointException.class, () -> NumberFile.read(file.toString()))
                .getMessage());
        return message.replace(folder + "/", "");
    }
}
