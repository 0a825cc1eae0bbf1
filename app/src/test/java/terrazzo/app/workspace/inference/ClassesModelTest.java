package terrazzo.app.workspace.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import terrazzo.app.segment.ModelCard;
import terrazzo.app.segment.Segmentation;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.inference.overlay.PaletteFile;

class ClassesModelTest {

    private static final Palette PALETTE = new Palette(List.of(0xFF0000, 0x00FF00, 0x0000FF));

    private final ClassesModel classes = new ClassesModel();

    /// Labels 0 1 1 2 2 2 and 255 and 0, surer and surer.
    private final Result result = Result.of(new Segmentation(
            new LabelMap(new Size(2, 4), new byte[] {0, 1, 1, 2, 2, 2, -1, 0}),
            new byte[] {10, 20, 30, 40, 50, (byte) 200, (byte) 210, (byte) 220},
            0.1));

    @BeforeEach
    void open() {
        classes.show(new ModelCard("m", List.of("road", "car", "sky"), PALETTE, "cpu", "fp32"));
    }

    @Test
    void hidesAndShowsAClass() {
        classes.toggleVisible(classes.rows().get(1));
        assertFalse(classes.styleProperty().get().isVisible(1));
        assertTrue(classes.styleProperty().get().isVisible(2));
        classes.toggleVisible(classes.rows().get(1));
        assertTrue(classes.styleProperty().get().isVisible(1));
    }

    @Test
    void soloShowsOneEvenIfItIsHiddenAndGivesTheRestBack() {
        classes.toggleVisible(classes.rows().get(2));
        classes.toggleSolo(classes.rows().get(2));
        assertTrue(classes.styleProperty().get().isVisible(2));
        assertFalse(classes.styleProperty().get().isVisible(0));
        classes.toggleSolo(classes.rows().get(0));
        assertFalse(classes.styleProperty().get().isVisible(2));
        classes.toggleSolo(classes.rows().get(0));
        assertTrue(classes.styleProperty().get().isVisible(1));
        assertFalse(classes.styleProperty().get().isVisible(2));
    }

    @Test
    void coloursChangeAndComeBack() {
        classes.setColour(classes.rows().get(0), 0x123456);
        assertEquals(0xFF123456, classes.styleProperty().get().colour(0));
        assertEquals(0x123456, classes.palette().rgb(0));
        classes.resetColours();
        assertEquals(PALETTE, classes.palette());
    }

    @Test
    void aPaletteBringsColoursAndNamesIfThereIsOneForEachClass() {
        Palette other = new Palette(List.of(1, 2, 3));
        classes.setPalette(new PaletteFile.Named(other, List.of("street", "auto", "heaven")));
        assertEquals(other, classes.palette());
        assertEquals(List.of("street", "auto", "heaven"), names());
        classes.setPalette(new PaletteFile.Named(PALETTE, List.of()));
        assertEquals(List.of("street", "auto", "heaven"), names());
        classes.undo().undo();
        classes.undo().undo();
        assertEquals(List.of("road", "car", "sky"), names());
    }

    @Test
    void classesBeyondAPaletteKeepTheirColours() {
        classes.setPalette(new PaletteFile.Named(new Palette(List.of(1)), List.of("street")));
        assertEquals(new Palette(List.of(1, 0x00FF00, 0x0000FF)), classes.palette());
        assertEquals(List.of("road", "car", "sky"), names());
    }

    @Test
    void countsPixelsAboveTheLeastConfidence() {
        classes.show(result.statistics().orElseThrow());
        assertEquals(8, classes.pixelsProperty().get());
        assertEquals(List.of(2L, 2L, 3L), pixels());
        classes.minConfidenceProperty().set(0.5); // 127.5 of 255
        assertEquals(List.of(1L, 0L, 1L), pixels());
    }

    @Test
    void largestClassComesFirstWhenAsked() {
        classes.show(result.statistics().orElseThrow());
        classes.byAreaProperty().set(true);
        assertEquals(List.of("sky", "road", "car"), names());
        classes.byAreaProperty().set(false);
        assertEquals(List.of("road", "car", "sky"), names());
    }

    @Test
    void anotherModelKeepsWhatWasChosenForAName() {
        classes.toggleVisible(classes.rows().get(1));
        classes.show(new ModelCard("n", List.of("car", "tree"), PALETTE, "cpu", "fp32"));
        assertFalse(classes.styleProperty().get().isVisible(0));
        assertTrue(classes.styleProperty().get().isVisible(1));
    }

    @Test
    void exportsLeaveOutHiddenAndUnsurePixels() {
        classes.toggleVisible(classes.rows().get(0));
        classes.minConfidenceProperty().set(0.1); // 25.5 of 255
        Segmentation found = result.found().orElseThrow();
        LabelMap seen = ClassesModel.visible(
                found.labels(), found.confidence(), classes.styleProperty().get());
        assertArrayEquals(new byte[] {-1, -1, 1, 2, 2, 2, -1, -1}, seen.asBytes());
    }

    @Test
    void onlyNamedIndicesHaveARow() {
        assertEquals("sky", classes.row(2).orElseThrow().name());
        assertTrue(classes.row(3).isEmpty());
        assertTrue(classes.row(255).isEmpty());
    }

    private List<Long> pixels() {
        return classes.rows().stream().map(r -> r.pixelsProperty().get()).toList();
    }

    private List<String> names() {
        return classes.rows().stream().map(ClassRow::name).toList();
    }
}
