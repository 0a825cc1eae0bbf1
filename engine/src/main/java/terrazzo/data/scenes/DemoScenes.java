package terrazzo.data.scenes;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import terrazzo.core.AtomicFile;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;

/// Street scenes to look at on the first start: drawn once, then kept in the cache. They are those of many on which the
/// small built-in model does best.
public final class DemoScenes {

    private static final Size SIZE = new Size(540, 960);

    private record Street(long seed, long index) {}

    private static final List<Street> STREETS = List.of(
            new Street(5, 30),
            new Street(2, 9),
            new Street(5, 11),
            new Street(2, 0),
            new Street(2, 11),
            new Street(2, 27));

    private DemoScenes() {}

    /// The scenes as files, made where they are missing. JPEG by the JDK: OpenCV takes a second to load.
    public static List<Path> in(Path folder) throws IOException {
        List<Path> files = IntStream.range(0, STREETS.size())
                .mapToObj(i -> folder.resolve("street_" + (i + 1) + ".jpg"))
                .toList();
        try {
            IntStream.range(0, files.size())
                    .parallel()
                    .filter(i -> !Files.exists(files.get(i)))
                    .forEach(i -> write(STREETS.get(i), files.get(i)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }

    private static void write(Street street, Path file) {
        Raster image = SceneGenerator.of(street.seed).scene(street.index, SIZE).image();
        BufferedImage picture = new BufferedImage(SIZE.width(), SIZE.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIZE.height(); y++) {
            for (int x = 0; x < SIZE.width(); x++) {
                picture.setRGB(x, y, image.argb(x, y));
            }
        }
        try {
            AtomicFile.write(file, out -> ImageIO.write(picture, "jpg", out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
