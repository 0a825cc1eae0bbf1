package terrazzo.data.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.core.Size;
import terrazzo.core.error.MediaException;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;

final class LabelMapFileTest {

    private static final Palette PALETTE = new Palette(List.of(0x804080, 0xF423E8, 0x464646));

    @TempDir
    Path folder;

    @Test
    void keepsEveryIndex() {
        byte[] labels = new byte[256];
        for (int i = 0; i < 256; i++) {
            labels[i] = (byte) i;
        }
        Path file = folder.resolve("labels.png");
        LabelMapFile.save(file, new LabelMap(new Size(8, 32), labels), PALETTE);
        LabelMap read = LabelMapFile.load(file);
        assertEquals(new Size(8, 32), read.size());
        assertArrayEquals(labels, read.asBytes());
    }

    @Test
    void paintsIndicesInThePalettesColours() {
        Path file = folder.resolve("labels.png");
        LabelMapFile.save(file, new LabelMap(new Size(1, 3), new byte[] {2, 0, 1}), PALETTE);
        Raster seen = ImageFile.load(file);
        assertEquals(0xFF464646, seen.argb(0, 0));
        assertEquals(0xFF804080, seen.argb(1, 0));
        assertEquals(0xFFF423E8, seen.argb(2, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void keepsIndicesOfPackedPalettes(int bits) throws IOException {
        int colors = 1 << bits;
        byte[] ramp = new byte[colors];
        for (int i = 0; i < colors; i++) {
            ramp[i] = (byte) (255 - i * 3);
        }
        IndexColorModel model = new IndexColorModel(bits, colors, ramp, ramp, ramp);
        BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_BYTE_BINARY, model);
        for (int i = 0; i < 15; i++) {
            image.getRaster().setSample(i % 5, i / 5, 0, i % colors);
        }
        Path file = folder.resolve("packed.png");
        ImageIO.write(image, "png", file.toFile());
        LabelMap read = LabelMapFile.load(file);
        for (int i = 0; i < 15; i++) {
            assertEquals(i % colors, read.at(i % 5, i / 5));
        }
    }

    @Test
    void readsGreyAsIndices() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 7);
        image.getRaster().setSample(1, 0, 0, 255);
        Path file = folder.resolve("grey.png");
        ImageIO.write(image, "png", file.toFile());
        assertArrayEquals(new byte[] {7, (byte) 255}, LabelMapFile.load(file).asBytes());
    }

    @Test
    void readsSixteenBitsWhoseValuesFit() throws IOException {
        assertArrayEquals(
                new byte[] {3, (byte) 255},
                LabelMapFile.load(sixteenBits(3, 255)).asBytes());
    }

    @Test
    void refusesValuesAbove255() throws IOException {
        Path file = sixteenBits(3, 1000);
        assertComplaint(
                file + ": expected class indices from 0 to 255, got 1000 at (1, 0)"
                        + " — convert the label map to 8 bits",
                file);
    }

    @Test
    void refusesColourImages() {
        Path file = folder.resolve("colour.png");
        ImageFile.save(file, new Raster(new Size(1, 1), new byte[] {1, 2, 3}));
        assertComplaint(
                file + ": expected one class index per pixel (palette or grey PNG), got a colour image"
                        + " — convert its colours to class indices first",
                file);
    }

    private Path sixteenBits(int first, int second) throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, first);
        image.getRaster().setSample(1, 0, 0, second);
        Path file = folder.resolve("deep.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static void assertComplaint(String text, Path file) {
        assertEquals(
                text,
                assertThrows(MediaException.class, () -> LabelMapFile.load(file))
                        .getMessage());
    }
}
