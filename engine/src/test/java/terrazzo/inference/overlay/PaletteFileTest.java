package terrazzo.inference.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.Palette;

class PaletteFileTest {

    private static final Palette TWO = new Palette(List.of(0x804080, 0x0A00FF));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "128 64 128\n10 0 255\n",
                "// scenes\r\n128, 64, 128\r\n\r\n[10, 0, 255],\r\n",
                "#804080\n0a00FF",
                "[[128, 64, 128], [10, 0, 255]]",
                " [ \"#804080\", [10, 0, 255]]",
                "{\"classes\": [\"a\", \"b\"], \"palette\": [[128, 64, 128], [10, 0, 255]]}",
                "GIMP Palette\nName: Scenes\nColumns: 2\n#\n128  64 128\tRoad\n 10   0 255\tCar 2\n",
                "\uFEFF128 64 128\n10 0 255"
            })
    void readsEveryFormat(String text) {
        assertEquals(TWO, PaletteFile.parse("p", text));
    }

    @Test
    void namesTheLineThatIsWrong() {
        String formats = " — pass lines of 'r g b' or '#rrggbb', a JSON list of [r, g, b], or a GIMP palette (.gpl)";
        assertRefused(
                "p.txt: line 2: expected three numbers from 0 to 255 or #rrggbb, got '1 2'" + formats, "1 2 3\n1 2");
        assertRefused(
                "p.txt: line 1: expected three numbers from 0 to 255 or #rrggbb, got [1, 2, 256]" + formats, "1 2 256");
        assertRefused(
                "p.txt: colour 1: expected three numbers from 0 to 255 or #rrggbb, got [1.5,2,3]" + formats,
                "[[1, 2, 3], [1.5, 2, 3]]");
        assertRefused("p.txt:2: expected JSON, got a syntax error" + formats, "[[1, 2, 3],\n [1");
        assertRefused(
                "p.txt: expected a list named 'palette', got an object without it" + formats, "{\"classes\": []}");
        assertRefused("p.txt: expected 1 to 256 colours, got none", "// nothing\n");
        assertRefused("p.txt: expected 1 to 256 colours, got 257", "1 2 3\n".repeat(257));
    }

    private static void assertRefused(String message, String text) {
        assertEquals(
                message,
                assertThrows(DatasetException.class, () -> PaletteFile.parse("p.txt", text))
                        .getMessage());
    }

    @Test
    void readsWhatItWrote(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("palette.json");
        var named = new PaletteFile.Named(TWO, List.of("road", "“tram” \\ 轨道"));
        PaletteFile.save(file, named);
        assertEquals(named, PaletteFile.loadNamed(file));
        Path below = file.resolve("b.json");
        assertEquals(
                below + ": expected a writable file, got " + file,
                assertThrows(DatasetException.class, () -> PaletteFile.save(below, named))
                        .getMessage());
        var plain = new PaletteFile.Named(TWO, List.of());
        PaletteFile.save(file, plain);
        assertEquals(plain, PaletteFile.loadNamed(file));
    }

    @Test
    void takesNamesOnlyForAllColours(@TempDir Path dir) throws IOException {
        Path file =
                Files.writeString(dir.resolve("a.json"), "{\"classes\": [\"a\"], \"palette\": [[1, 2, 3], [4, 5, 6]]}");
        assertEquals(List.of(), PaletteFile.loadNamed(file).names());
    }

    @Test
    void loadsFilesAndNamesAbsentAndLargeOnes(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("a.txt"), "#804080\n#0a00ff\n");
        assertEquals(TWO, PaletteFile.load(file));

        Path absent = dir.resolve("b.txt");
        assertEquals(
                absent + ": expected a palette file, got no such file",
                assertThrows(DatasetException.class, () -> PaletteFile.load(absent))
                        .getMessage());

        Path large = Files.write(dir.resolve("c.txt"), new byte[(1 << 20) + 1]);
        assertEquals(
                large + ": expected a palette of at most 1 MiB, got 1048577 bytes",
                assertThrows(DatasetException.class, () -> PaletteFile.load(large))
                        .getMessage());
    }
}
