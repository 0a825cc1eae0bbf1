package terrazzo.app.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import terrazzo.core.Size;

class ViewportTest {

    private final Viewport viewport = new Viewport();

    private Viewport showing(int imageWidth, int imageHeight, int width, int height) {
        viewport.resize(width, height);
        viewport.show(new Size(imageHeight, imageWidth));
        return viewport;
    }

    @Test
    void fitsTheWholeImageInTheMiddle() {
        showing(2000, 1000, 500, 500);
        assertEquals(0.25, viewport.zoom());
        assertEquals(0, viewport.transform().toScreenX(0));
        assertEquals(125, viewport.transform().toScreenY(0)); // (500 - 1000 / 4) / 2
        assertFalse(viewport.isCropped());
    }

    @Test
    void fittedImageStaysFittedWhenTheWindowGrows() {
        showing(2000, 1000, 500, 500);
        viewport.resize(1000, 1000);
        assertEquals(0.5, viewport.zoom());
    }

    @Test
    void zoomKeepsTheImagePointUnderThePointer() {
        showing(2000, 1000, 500, 500);
        viewport.actualSize();
        double x = viewport.transform().toImageX(333);
        double y = viewport.transform().toImageY(222);
        for (int i = 0; i < 12; i++) {
            viewport.zoomAt(333, 222, 1.3);
        }
        assertEquals(x, viewport.transform().toImageX(333), 1e-9);
        assertEquals(y, viewport.transform().toImageY(222), 1e-9);
        assertTrue(viewport.isCropped());
    }

    @Test
    void zoomStopsAtItsBounds() {
        showing(2000, 1000, 500, 500);
        viewport.zoomAt(250, 250, 1e6);
        assertEquals(64, viewport.zoom());
        viewport.zoomAt(250, 250, 1e-9);
        assertEquals(1.0 / 64, viewport.zoom());
    }

    @Test
    void panningStopsBeforeTheImageIsLost() {
        showing(2000, 1000, 500, 500);
        viewport.actualSize();
        viewport.panBy(1e6, 1e6);
        assertEquals(250, viewport.transform().toScreenX(0)); // half a window of nothing, half of image
        viewport.panBy(-1e6, -1e6);
        assertEquals(250, viewport.transform().toScreenX(2000));
    }

    @Test
    void sameSizeKeepsThePlace() {
        showing(2000, 1000, 500, 500);
        viewport.actualSize();
        viewport.centreOn(1500, 500);
        var before = viewport.transform();
        viewport.show(new Size(1000, 2000));
        assertEquals(before, viewport.transform());
        viewport.show(new Size(500, 500));
        assertEquals(1, viewport.zoom());
        assertTrue(viewport.isFitted());
    }

    @Test
    void tellsItsListenersUntilTheyLeave() {
        AtomicInteger calls = new AtomicInteger();
        Runnable listener = calls::incrementAndGet;
        viewport.addListener(listener);
        showing(100, 100, 100, 100);
        assertEquals(2, calls.get()); // resize, show
        viewport.removeListener(listener);
        viewport.panBy(1, 1);
        assertEquals(2, calls.get());
    }

    @Test
    void linkedViewportsMoveTogetherAtTheSameRelativePlace() {
        Viewport other = new Viewport();
        showing(2000, 1000, 500, 500);
        other.resize(300, 300);
        other.show(new Size(2000, 4000));
        try (ViewportLink link = new ViewportLink()) {
            link.add(viewport);
            link.add(other);
            viewport.actualSize();
            viewport.centreOn(1500, 250);
            assertEquals(1, other.zoom());
            assertEquals(3000, other.transform().toImageX(150)); // 1500 of 2000 is 3000 of 4000
            assertEquals(500, other.transform().toImageY(150));
            other.centreOn(2000, 1000);
            assertEquals(1000, viewport.transform().toImageX(250));
        }
        other.centreOn(3000, 1000);
        assertEquals(1000, viewport.transform().toImageX(250));
    }
}
