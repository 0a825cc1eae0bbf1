package terrazzo.data.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.core.Cancellation;
import terrazzo.core.Size;
import terrazzo.core.error.MediaException;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;

final class ImageRowsTest {

    private static final Size SIZE = new Size(531, 347);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.jpg", "a.tif", "a.bmp", "a.webp"})
    void readsWhatTheWholeDecoderReads(String name) {
        Path file = folder.resolve(name);
        ImageFile.save(file, smooth());
        assertArrayEquals(ImageFile.load(file).asBgr(), read(file).asBgr());
        assertEquals(Optional.of(SIZE), ImageRows.size(file));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_INT_RGB
            })
    void readsEveryKindOfPng(int type) throws IOException {
        Raster image = smooth();
        BufferedImage picture = new BufferedImage(SIZE.width(), SIZE.height(), type);
        for (int y = 0; y < SIZE.height(); y++) {
            for (int x = 0; x < SIZE.width(); x++) {
                picture.setRGB(x, y, image.argb(x, y));
            }
        }
        Path file = folder.resolve("kind.png");
        ImageIO.write(picture, "png", file.toFile());
        assertArrayEquals(ImageFile.load(file).asBgr(), read(file).asBgr());
    }

    @Test
    void readsTiffInTiles() throws IOException {
        Path file = folder.resolve("tiles.tif");
        Raster image = smooth();
        int compression = opencv_imgcodecs.IMWRITE_TIFF_ROWSPERSTRIP;
        try (Mat mat = Mats.ofBytes(SIZE, 3, image.asBgr());
                BytePointer name = new BytePointer(file.toString());
                IntPointer options = new IntPointer(compression, 64)) {
            assertTrue(opencv_imgcodecs.imwrite(name, mat, options));
        }
        assertArrayEquals(image.asBgr(), read(file).asBgr());
    }

    @Test
    void turnsImagesByTheirExifOrientation() throws IOException {
        Path upright = folder.resolve("upright.jpg");
        ImageFile.save(upright, smooth());
        byte[] bytes = Files.readAllBytes(upright);
        // FF E1, length 34, "Exif\0\0", little-endian TIFF with one entry: tag 0x112, short, 1, value 6 (turn right)
        byte[] exif = {
            -1, -31, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6,
            0, 0, 0, 0, 0, 0, 0
        };
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(bytes, 0, 2);
        turned.write(exif);
        turned.write(bytes, 2, bytes.length - 2);
        Path file = folder.resolve("turned.jpg");
        Files.write(file, turned.toByteArray());
        Raster found = read(file);
        assertEquals(new Size(/* height= */ SIZE.width(), /* width= */ SIZE.height()), found.size());
        assertArrayEquals(ImageFile.load(file).asBgr(), found.asBgr());
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        Path whole = folder.resolve("whole.png");
        ImageFile.save(whole, smooth());
        byte[] bytes = Files.readAllBytes(whole);
        Path file = folder.resolve("cut.png");
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        MediaException failure = assertThrows(MediaException.class, () -> read(file));
        assertEquals(
                file + ": expected an image, got a damaged or truncated image — copy or download it again",
                failure.getMessage());
    }

    @Test
    void stopsWhenAsked() {
        Path file = folder.resolve("stopped.png");
        ImageFile.save(file, smooth());
        Cancellation cancellation = new Cancellation();
        int[] rows = {0};
        ImageRows.Sink sink = (y, _) -> {
            rows[0]++;
            if (y == 9) {
                cancellation.request();
            }
        };
        assertThrows(CancellationException.class, () -> ImageRows.read(file, _ -> sink, cancellation));
        assertEquals(10, rows[0]);
    }

    @Test
    void writesColourRowByRow() throws IOException {
        Raster image = smooth();
        Path file = folder.resolve("rows.png");
        try (var out = Files.newOutputStream(file);
                PngRows rows = PngRows.colour(out, SIZE)) {
            for (int y = 0; y < SIZE.height(); y++) {
                rows.row(image.asBgr(), y * SIZE.width() * 3);
            }
        }
        assertArrayEquals(image.asBgr(), ImageFile.load(file).asBgr());
    }

    @Test
    void writesLabelsRowByRow() throws IOException {
        byte[] labels = new byte[Math.toIntExact(SIZE.area())];
        new Random(3).nextBytes(labels);
        Path file = folder.resolve("labels.png");
        try (var out = Files.newOutputStream(file);
                PngRows rows = PngRows.labels(out, SIZE, new Palette(List.of(0x112233, 0x445566)))) {
            for (int y = 0; y < SIZE.height(); y++) {
                rows.row(labels, y * SIZE.width());
            }
        }
        LabelMap found = LabelMapFile.load(file);
        assertArrayEquals(labels, found.asBytes());
    }

    private Raster read(Path file) {
        Size[] size = new Size[1];
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ImageRows.read(
                file,
                found -> {
                    size[0] = found;
                    return (_, bgr) -> pixels.writeBytes(bgr);
                },
                new Cancellation());
        return new Raster(size[0], pixels.toByteArray());
    }

    /// Not noise, so that lossy formats keep it.
    private static Raster smooth() {
        byte[] bgr = new byte[Math.toIntExact(SIZE.area() * 3)];
        for (int y = 0; y < SIZE.height(); y++) {
            for (int x = 0; x < SIZE.width(); x++) {
                int at = (y * SIZE.width() + x) * 3;
                bgr[at] = (byte) (x * 255 / SIZE.width());
                bgr[at + 1] = (byte) (y * 255 / SIZE.height());
                bgr[at + 2] = (byte) ((x + y) / 4);
            }
        }
        return new Raster(SIZE, bgr);
    }
}
