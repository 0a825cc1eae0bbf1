package terrazzo.inference.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;

class OverlayTest {

    private static final Palette RED_AND_BLUE = new Palette(List.of(0xFF0000, 0x0000FF));

    private final Raster image = new Raster(new Size(1, 3), new byte[] {10, 20, 30, 40, 50, 60, 70, 80, 90});
    private final LabelMap labels = new LabelMap(new Size(1, 3), new byte[] {0, 1, (byte) 255});

    @Test
    void blendsClassColoursAndKeepsPixelsWithoutOne() {
        Raster drawn = Overlay.of(RED_AND_BLUE, 0.5).draw(image, labels);

        // blue, green, red: (10 + 0)/2, (20 + 0)/2, (30 + 255)/2 = 142.5 to even; (40 + 255)/2 = 147.5 to even
        assertArrayEquals(new byte[] {5, 10, (byte) 142, (byte) 148, 25, 30, 70, 80, 90}, drawn.asBgr());
        assertEquals(10, image.asBgr()[0]);
    }

    @Test
    void showsOnlyTheImageAtZeroAndOnlyTheColourAtOne() {
        assertArrayEquals(
                image.asBgr(), Overlay.of(RED_AND_BLUE, 0).draw(image, labels).asBgr());
        assertArrayEquals(
                new byte[] {0, 0, (byte) 255, (byte) 255, 0, 0, 70, 80, 90},
                Overlay.of(RED_AND_BLUE, 1).draw(image, labels).asBgr());
    }

    @Test
    void drawsOntoTheCallersBuffer() {
        byte[] buffer = image.asBgr().clone();
        Overlay.of(RED_AND_BLUE, 0.5).drawOnto(buffer, labels);

        assertArrayEquals(Overlay.of(RED_AND_BLUE, 0.5).draw(image, labels).asBgr(), buffer);
    }

    @Test
    void rejectsOtherSizesAndOpacities() {
        LabelMap other = new LabelMap(new Size(3, 1), new byte[3]);
        assertEquals(
                "expected a label map of 1x3 like the image, got 3x1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Overlay.of(RED_AND_BLUE, 0.5).draw(image, other))
                        .getMessage());
        assertEquals(
                "expected an opacity from 0 to 1, got 1.5",
                assertThrows(IllegalArgumentException.class, () -> Overlay.of(RED_AND_BLUE, 1.5))
                        .getMessage());
    }

    @Test
    void displacesOnlyUpwardsAndToTheRightLikeTheReference() {
        // One class in 2x2: two turns, each copies the lower left half pixel further out.
        Raster square = new Raster(new Size(2, 2), new byte[] {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4});
        LabelMap none = new LabelMap(new Size(2, 2), new byte[] {9, 9, 9, 9});

        Raster drawn = SegLocalVisualizer.of(RED_AND_BLUE, 0.5).draw(square, none);

        // (1 + 0.5) * 2/3 = 1: column 1 stays; row 0 comes from 2 - (1 + 0.5) * 2/3 = 1, the row below
        assertArrayEquals(new byte[] {3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4}, drawn.asBgr());
    }
}
