package terrazzo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import terrazzo.config.ConfigLocator;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;

/// A U-Net, whose levels only meet when the sides of the image are multiples of 8.
final class SizeDivisorTest {

    @Test
    void segmentsImagesOfAnySize() throws IOException {
        ModelRequest request = new ModelRequest(
                new ConfigLocator().load("unet/unet-s4-w8_fcn_1xb4-30i_scenes-96x128", List.of()),
                Path.of("../tests/golden/e2e/unet_sgd_poly.iter_30.pth"),
                "cpu",
                Precision.FP32);
        try (SegModel model = SegModel.open(request, Catalogues.builtIn())) {
            LabelMap odd = model.label(noise(new Size(45, 67)));

            assertEquals(new Size(45, 67), odd.size());
            assertEquals(new Size(48, 72), model.label(noise(new Size(48, 72))).size());
        }
    }

    private static Raster noise(Size size) {
        byte[] bgr = new byte[Math.toIntExact(size.area() * 3)];
        new Random(1).nextBytes(bgr);
        return new Raster(size, bgr);
    }
}
