package terrazzo.inference.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;

/// Against pictures that the reference drew, `tests/golden/inference`.
class GoldenOverlayTest {

    private static final Path GOLDEN = Path.of("..", "tests", "golden", "inference");

    private static final Palette SCENES =
            new Palette(List.of(0x804080, 0xF423E8, 0x464646, 0x6B8E23, 0x4682B4, 0x00008E, 0xDC143C, 0x999999));

    @ParameterizedTest
    @CsvSource({
        "unet_sgd_poly, 0.3",
        "unet_sgd_poly, 0.5",
        "unet_sgd_poly, 1.0",
        "segformer_adamw, 0.3",
        "segformer_adamw, 0.5",
        "segformer_adamw, 1.0"
    })
    void drawsTheBytesOfTheReference(String run, String opacity) throws IOException {
        Raster image = raster(GOLDEN.resolve("scenes/scene_000.png"));
        LabelMap labels = labels(GOLDEN.resolve(run + ".whole.0.png"));
        Raster expected = raster(GOLDEN.resolve(run + ".whole.0.overlay" + opacity + ".png"));

        Raster drawn =
                SegLocalVisualizer.of(SCENES, Double.parseDouble(opacity)).draw(image, labels);

        assertArrayEquals(expected.asBgr(), drawn.asBgr());
    }

    @ParameterizedTest
    @CsvSource({"unet_sgd_poly, 0.3", "unet_sgd_poly, 0.5", "unet_sgd_poly, 1.0", "segformer_adamw, 0.3"})
    void drawsTheSameInPlaceWhereTheReferenceDisplacesNothing(String run, String opacity) throws IOException {
        Raster image = raster(GOLDEN.resolve("scenes/scene_000.png"));
        LabelMap labels = labels(GOLDEN.resolve(run + ".whole.0.png"));
        Raster expected = raster(GOLDEN.resolve(run + ".whole.0.overlay" + opacity + ".png"));

        Raster drawn = Overlay.of(SCENES, Double.parseDouble(opacity)).draw(image, labels);

        // The displacement starts in the middle and takes one more pixel with each of at most 7 turns.
        for (int y = image.height() / 2 + 7; y < image.height(); y++) {
            for (int x = 0; x < image.width() / 2 - 7; x++) {
                assertEquals(expected.argb(x, y), drawn.argb(x, y), "at " + x + ", " + y);
            }
        }
    }

    private static Raster raster(Path file) throws IOException {
        BufferedImage image = Objects.requireNonNull(ImageIO.read(file.toFile()));
        byte[] bgr = new byte[image.getWidth() * image.getHeight() * 3];
        for (int i = 0; i < bgr.length / 3; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            bgr[i * 3] = (byte) rgb;
            bgr[i * 3 + 1] = (byte) (rgb >> 8);
            bgr[i * 3 + 2] = (byte) (rgb >> 16);
        }
        return new Raster(new Size(image.getHeight(), image.getWidth()), bgr);
    }

    private static LabelMap labels(Path file) throws IOException {
        BufferedImage image = Objects.requireNonNull(ImageIO.read(file.toFile()));
        byte[] labels = new byte[image.getWidth() * image.getHeight()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) image.getRaster().getSample(i % image.getWidth(), i / image.getWidth(), 0);
        }
        return new LabelMap(new Size(image.getHeight(), image.getWidth()), labels);
    }
}
