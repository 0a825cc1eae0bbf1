package terrazzo.app.workspace.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javafx.scene.image.Image;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;

class ThumbnailsTest {

    /// 480 x 144: the middle 224 x 144 fill a thumbnail of 112 x 72, the rest is cut. Left half black, right half
    /// white.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fillsItsFrameWithTheMiddleOnAnyScreen(int density) {
        Size size = new Size(144, 480);
        byte[] bgr = new byte[Math.toIntExact(size.area() * 3)];
        for (int i = 0; i < bgr.length; i++) {
            bgr[i] = (byte) (i / 3 % 480 < 240 ? 0 : 255);
        }
        Image small = Thumbnails.shrink(new Raster(size, bgr), density);
        assertEquals(112 * density, small.getWidth());
        assertEquals(72 * density, small.getHeight());
        int half = 56 * density;
        assertEquals(0xFF000000, small.getPixelReader().getArgb(half - 1, 10));
        assertEquals(0xFFFFFFFF, small.getPixelReader().getArgb(half, 10));
    }
}
