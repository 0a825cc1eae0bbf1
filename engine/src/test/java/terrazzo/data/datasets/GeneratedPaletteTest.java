package terrazzo.data.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import terrazzo.core.image.Palette;

class GeneratedPaletteTest {

    @Test
    void drawsTheColoursOfTheReference() {
        // numpy.random.seed(42); numpy.random.randint(0, 255, size=(300, 3)), rows 0, 1, 298 and 299
        List<List<Integer>> colours = GeneratedPalette.of(300).toTriples();

        assertEquals(List.of(List.of(102, 179, 92), List.of(14, 106, 71)), colours.subList(0, 2));
        assertEquals(List.of(List.of(158, 18, 188), List.of(107, 181, 166)), colours.subList(298, 300));
    }

    @Test
    void extendsAndCutsAPalette() {
        Palette two = new Palette(List.of(0x804080, 0x0A00FF));

        assertEquals(new Palette(List.of(0x804080, 0x0A00FF, 0xBC1466)), GeneratedPalette.extended(two, 3));
        assertEquals(new Palette(List.of(0x804080)), GeneratedPalette.extended(two, 1));
    }
}
