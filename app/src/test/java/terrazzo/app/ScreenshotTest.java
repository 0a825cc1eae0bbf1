package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.app.task.OwnProcess;

/// Pictures that the command writes, in a process of its own: this one's toolkit has a small screen.
@Tag("ui")
class ScreenshotTest {

    private static final int CORNER = 220;
    private static final int STATUS = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1024, 700", "1440, 900", "2560, 1440"})
    void everySizeIsPaintedToItsCorners(int width, int height) throws Exception {
        Path file = folder.resolve("shot.png");
        String said = run("studio", "--demo", "--screenshot", file.toString(), "--size", width + "x" + height);
        assertTrue(Files.exists(file), said);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertEquals(width, picture.getWidth());
        assertEquals(height, picture.getHeight());
        assertTrue(colours(picture, width / 4, height / 4) > 200, "no image in the middle");
        assertTrue(colours(picture, width - CORNER, height - STATUS) > 5, "no status in the last corner");
    }

    /// How many colours lie in a part of 220 x 20 pixels, or less at the edge.
    private static long colours(BufferedImage picture, int fromX, int fromY) {
        int toX = Math.min(picture.getWidth(), fromX + CORNER);
        int toY = Math.min(picture.getHeight(), fromY + STATUS);
        return IntStream.range(fromY, toY)
                .flatMap(y -> IntStream.range(fromX, toX).map(x -> picture.getRGB(x, y)))
                .distinct()
                .count();
    }

    private String run(String... arguments) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process = OwnProcess.of(List.of(arguments))
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the studio did not end");
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
