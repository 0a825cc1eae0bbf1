package terrazzo.data.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terrazzo.core.Size;
import terrazzo.core.error.MediaException;
import terrazzo.core.image.Raster;
import terrazzo.golden.GoldenFiles;

final class ImageFileTest {

    private static final Raster PICTURE = picture(new Size(17, 23));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.bmp", "a.tif", "gemälde 画.PNG"})
    void readsBackWhatItWrote(String name) {
        Path file = folder.resolve("new folder").resolve(name);
        ImageFile.save(file, PICTURE);
        Raster read = ImageFile.load(file);
        assertEquals(PICTURE.size(), read.size());
        assertArrayEquals(PICTURE.asBgr(), read.asBgr());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", "a.jpeg", "a.webp"})
    void readsBackNearlyWhatItWroteWithLoss(String name) {
        Path file = folder.resolve(name);
        ImageFile.save(file, PICTURE);
        Raster read = ImageFile.load(file);
        assertEquals(PICTURE.size(), read.size());
        assertTrue(meanDifference(PICTURE, read) < 12, "mean difference " + meanDifference(PICTURE, read));
    }

    @Test
    void refusesUnknownEndings() {
        Path file = folder.resolve("a.xyz");
        assertComplaint(
                file + ": expected a file name with .png, .jpg, .webp, .bmp or .tif, got '.xyz'",
                () -> ImageFile.save(file, PICTURE));
        assertTrue(Files.notExists(file));
    }

    @Test
    void refusesMissingFiles() {
        Path file = folder.resolve("none.png");
        assertComplaint(file + ": expected an image, got no such file — check the path", () -> ImageFile.load(file));
    }

    @Test
    void refusesEmptyFiles() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.png"));
        assertComplaint(
                file + ": expected an image, got an empty file — copy or download it again",
                () -> ImageFile.load(file));
    }

    @Test
    void refusesTextNamedPng() throws IOException {
        Path file = Files.writeString(folder.resolve("text.png"), "Dies ist kein Bild: ä");
        assertComplaint(
                file + ": expected an image, got text — supported are JPEG, PNG, WebP, BMP, TIFF, GIF and PNM",
                () -> ImageFile.load(file));
    }

    @Test
    void refusesHugeHeadersBeforeDecoding() throws IOException {
        Path file = Files.write(folder.resolve("huge.png"), pngHeader(30000, 30000));
        assertComplaint(
                file + ": expected at most 268435456 pixels, got 30000x30000 = 900000000"
                        + " — scale or cut the image, or raise the limit if the file is trusted",
                () -> ImageFile.load(file));
        assertComplaint(
                file + ": expected at most 268435456 pixels, got 30000x30000 = 900000000"
                        + " — scale or cut the image, or raise the limit if the file is trusted",
                () -> LabelMapFile.load(file));
    }

    @Test
    void takesOtherLimits() {
        Path file = folder.resolve("a.png");
        ImageFile.save(file, PICTURE);
        assertComplaint(
                file + ": expected at most 100 pixels, got 23x17 = 391"
                        + " — scale or cut the image, or raise the limit if the file is trusted",
                () -> ImageFile.load(file, new ImageLimits(100, 1 << 20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".jpg", ".webp"})
    void refusesTruncatedFiles(String ending) throws IOException {
        byte[] whole = ImageFile.encode(picture(new Size(64, 64)), ending);
        Path file = Files.write(folder.resolve("cut" + ending), Arrays.copyOf(whole, whole.length * 2 / 3));
        String format = List.of("PNG", "JPEG", "WEBP")
                .get(List.of(".png", ".jpg", ".webp").indexOf(ending));
        assertComplaint(
                file + ": expected an image, got a truncated " + format + " — copy or download it again",
                () -> ImageFile.load(file));
    }

    @Test
    void refusesDamagedPixels() throws IOException {
        byte[] whole = ImageFile.encode(picture(new Size(64, 64)), ".webp");
        Arrays.fill(whole, 40, whole.length, (byte) 0xEE);
        Path file = Files.write(folder.resolve("damaged.webp"), whole);
        assertComplaint(
                file + ": expected an image, got a damaged WEBP — copy or download it again",
                () -> ImageFile.load(file));
    }

    @Test
    void refusesFolders() {
        assertComplaint(folder + ": expected an image, got a folder — give a file", () -> ImageFile.load(folder));
    }

    @Test
    void honoursExifOrientation() {
        for (String kind : List.of("Landscape", "Portrait")) {
            Raster upright = ImageFile.load(GoldenFiles.shared("data/media/exif/" + kind + "_1.jpg"));
            for (int orientation = 2; orientation <= 8; orientation++) {
                Raster turned =
                        ImageFile.load(GoldenFiles.shared("data/media/exif/" + kind + "_" + orientation + ".jpg"));
                assertEquals(upright.size(), turned.size());
                assertTrue(meanDifference(upright, turned) < 8, kind + orientation);
            }
        }
    }

    @Test
    void readsEverySoundImageOfPngSuiteAndRefusesTheBrokenOnes() throws IOException {
        List<Path> broken = new ArrayList<>();
        int sound = 0;
        try (Stream<Path> files = Files.list(GoldenFiles.shared("data/media/odd/pngsuite"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".png")).toList()) {
                if (file.getFileName().toString().startsWith("x")) { // the suite's name for broken files
                    broken.add(file);
                } else {
                    assertTrue(ImageFile.load(file).size().area() >= 1, file.toString());
                    sound++;
                }
            }
        }
        assertTrue(sound > 100, "only " + sound);
        assertTrue(broken.size() > 5, "only " + broken);
        for (Path file : broken) {
            String text = String.valueOf(assertThrows(MediaException.class, () -> ImageFile.load(file), file.toString())
                    .getMessage());
            assertTrue(text.startsWith(file + ": expected an image, got a"), text);
        }
    }

    @Test
    void readsFourColourJpeg() throws IOException {
        WritableRaster cmyk = java.awt.image.Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 24, 4, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        Path file = folder.resolve("cmyk.jpg");
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(cmyk, null, null), null);
        }
        Raster image = ImageFile.load(file);
        assertEquals(new Size(24, 32), image.size());
        assertEquals(image.argb(3, 3), image.argb(20, 20));
    }

    @Test
    void readsGif() throws IOException {
        BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(2, 1, 0xFFFF0000);
        Path file = folder.resolve("a.gif");
        ImageIO.write(image, "gif", file.toFile());
        Raster read = ImageFile.load(file);
        assertEquals(new Size(4, 5), read.size());
        assertEquals(0xFFFF0000, read.argb(2, 1));
    }

    @Test
    void readsSixteenBitTiff() throws IOException {
        BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(2, 1, 0, 0x8042);
        Path file = folder.resolve("deep.tif");
        ImageIO.write(image, "tif", file.toFile());
        Raster read = ImageFile.load(file);
        assertEquals(new Size(4, 5), read.size());
        assertEquals(0x80, read.argb(2, 1) & 0xFF); // the upper 8 of 16 bits
    }

    @Test
    void dropsAlpha() throws IOException {
        BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(2, 1, 0x11336699);
        Path file = folder.resolve("alpha.png");
        ImageIO.write(image, "png", file.toFile());
        assertEquals(0xFF336699, ImageFile.load(file).argb(2, 1));
    }

    @Test
    void readsInterlacedAndGreyLikePlainColour() {
        Raster plain = ImageFile.load(GoldenFiles.shared("data/media/odd/pngsuite/basn2c08.png"));
        Raster interlaced = ImageFile.load(GoldenFiles.shared("data/media/odd/pngsuite/basi2c08.png"));
        assertArrayEquals(plain.asBgr(), interlaced.asBgr());
        Raster grey = ImageFile.load(GoldenFiles.shared("data/media/odd/pngsuite/basn0g08.png"));
        assertEquals(grey.argb(5, 9) & 0xFF, grey.argb(5, 9) >> 8 & 0xFF);
    }

    private static void assertComplaint(String text, Runnable action) {
        assertEquals(text, assertThrows(MediaException.class, action::run).getMessage());
    }

    private static double meanDifference(Raster a, Raster b) {
        long sum = 0;
        for (int i = 0; i < a.asBgr().length; i++) {
            sum += Math.abs((a.asBgr()[i] & 0xFF) - (b.asBgr()[i] & 0xFF));
        }
        return (double) sum / a.asBgr().length;
    }

    /// Smooth colours, so that lossy formats stay near.
    private static Raster picture(Size size) {
        byte[] bgr = new byte[(int) size.area() * 3];
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                int at = (y * size.width() + x) * 3;
                bgr[at] = (byte) (x * 3);
                bgr[at + 1] = (byte) (y * 3);
                bgr[at + 2] = (byte) (x + y);
            }
        }
        return new Raster(size, bgr);
    }

    private static byte[] pngHeader(int width, int height) {
        byte[] type = "IHDR".getBytes(StandardCharsets.US_ASCII);
        byte[] body = ByteBuffer.allocate(17)
                .put(type)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 crc = new CRC32();
        crc.update(body);
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
                .putInt(13)
                .put(body)
                .putInt((int) crc.getValue())
                .array();
    }
}
