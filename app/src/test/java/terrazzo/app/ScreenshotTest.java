package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

    @Test
    void aNameWithJpgBecomesAJpeg() throws Exception {
        Path file = folder.resolve("shot.JPG");
        String said = run("studio", "--screenshot", file.toString(), "--size", "1024x700");
        assertTrue(Files.exists(file), said);
        byte[] bytes = Files.readAllBytes(file);
        assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, Arrays.copyOf(bytes, 3));
        BufferedImage picture = ImageIO.read(file.toFile());
        assertEquals(1024, picture.getWidth());
        assertEquals(700, picture.getHeight());
        assertTrue(colours(picture, picture.getWidth() - CORNER, picture.getHeight() - STATUS) > 5, "no status");
    }

    @Test
    void actionsArePerformedOneAfterTheOther() throws Exception {
        Path before = folder.resolve("before.png");
        run("studio", "--screenshot", before.toString(), "--size", "1024x700", "--theme", "light");
        Path after = folder.resolve("after.png");
        String said = run(
                "studio",
                "--screenshot",
                after.toString(),
                "--size",
                "1024x700",
                "--theme",
                "light",
                "--do",
                "theme.toggle,go.settings");
        assertTrue(Files.exists(after), said);
        assertTrue(brightness(before) > 180, "a light window has " + brightness(before));
        assertTrue(brightness(after) < 75, "a dark window has " + brightness(after));
        Path settings = folder.resolve("settings.png");
        run(
                "studio",
                "--screenshot",
                settings.toString(),
                "--size",
                "1024x700",
                "--theme",
                "dark",
                "--workspace",
                "settings");
        assertTrue(differing(settings, after) < 0.01, "the settings are in front: " + differing(settings, after));
    }

    /// The pixel read lies in the middle of a canvas that shows the image with nothing over it, then the bare map.
    @Test
    void controlsAreSetAndPressed() throws Exception {
        Path image = folder.resolve("image.png");
        String[] look = {"studio", "--demo", "--size", "1024x700", "--screenshot"};
        run(with(look, image.toString(), "--do", "#opacity=0"));
        Path map = folder.resolve("map.png");
        run(with(look, map.toString(), "--do", "#opacity=1"));
        assertTrue(differing(image, map) > 0.2, "the label map covers the image: " + differing(image, map));
        Path hidden = folder.resolve("hidden.png");
        run(with(look, hidden.toString(), "--do", "#opacity=1,#eye-0"));
        assertTrue(differing(hidden, map) > 0.02, "the sky is bare: " + differing(hidden, map));
    }

    @Test
    void menusAreInThePicture() throws Exception {
        Path closed = folder.resolve("closed.png");
        run("studio", "--size", "1024x700", "--screenshot", closed.toString());
        Path open = folder.resolve("open.png");
        run("studio", "--size", "1024x700", "--screenshot", open.toString(), "--do", "#open-menu");
        assertTrue(differing(open, closed) > 0.02, "the menu covers " + differing(open, closed));
        run("studio", "--size", "1024x700", "--screenshot", open.toString(), "--do", "#model-catalogue");
        BufferedImage models = ImageIO.read(open.toFile());
        BufferedImage none = ImageIO.read(closed.toFile());
        assertTrue(
                IntStream.range(100, 160).anyMatch(y -> models.getRGB(850, y) != none.getRGB(850, y)),
                "what opens at the edge, at 934, moves inside");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --do        | palete        | an action such as palette or canvas.in
        --do        | #eye-99       | a control that is on screen
        --do        | #opacity      | a button or a menu
        --do        | #opacity=high | a value that the control can take
        --workspace | infernce      | inference, train, charts, settings
        """)
    void whatIsNotThereIsTold(String option, String value, String expected) throws Exception {
        Path file = folder.resolve("shot.png");
        String said = run("studio", "--screenshot", file.toString(), option, value);
        assertEquals(
                "error: %s: expected %s, got '%s'%nsee 'terrazzo studio --help'%n".formatted(option, expected, value),
                said);
        assertFalse(Files.exists(file));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutADisplayTheWayOutIsTold() throws Exception {
        ProcessBuilder studio = OwnProcess.of(List.of("studio"));
        studio.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
        String said = run(studio);
        assertEquals(
                "error: studio: expected a desktop to open a window on, got no DISPLAY — start it in a desktop session"
                        + " (on Linux with GTK 3), or have a picture of it written without one: --screenshot OUT.png\n",
                said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shot.gif | 1440x900   | --screenshot: expected a file name that ends in .png or .jpg, got 'shot.gif'
        shot.png | 10x10      | --size: expected WIDTHxHEIGHT from 900x600 to 7680x4320, for example 1440x900, got '10x10'
        shot.png | 9000x9000  | --size: expected WIDTHxHEIGHT from 900x600 to 7680x4320, for example 1440x900, got '9000x9000'
        """)
    void whatIsNoPictureIsRefused(String name, String size, String expected) throws Exception {
        String said = run("studio", "--screenshot", name, "--size", size);
        assertEquals("error: %s%nsee 'terrazzo studio --help'%n".formatted(expected), said);
    }

    @Test
    void filesThatAreNotThereAreRefused() throws Exception {
        Path gone = folder.resolve("gone.png");
        assertEquals("error: %s: no such file or folder%n".formatted(gone), run("studio", gone.toString()));
    }

    @Test
    void aSizeAndStepsAreForPictures() throws Exception {
        assertEquals(
                "error: --size: expected --screenshot OUT with it, got none%nsee 'terrazzo studio --help'%n"
                        .formatted(),
                run("studio", "--size", "1440x900"));
        assertEquals(
                "error: --do: expected --screenshot OUT with it, got none%nsee 'terrazzo studio --help'%n".formatted(),
                run("studio", "--do", "palette"));
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    /// The mean of all channels of all pixels.
    private static double brightness(Path file) throws IOException {
        BufferedImage picture = ImageIO.read(file.toFile());
        return Arrays.stream(pixels(picture))
                .mapToDouble(p -> ((p >> 16 & 0xFF) + (p >> 8 & 0xFF) + (p & 0xFF)) / 3.0)
                .average()
                .orElseThrow();
    }

    /// The share of pixels that are not the same in two pictures.
    private static double differing(Path one, Path other) throws IOException {
        int[] a = pixels(ImageIO.read(one.toFile()));
        int[] b = pixels(ImageIO.read(other.toFile()));
        return IntStream.range(0, a.length).filter(i -> a[i] != b[i]).count() / (double) a.length;
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
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
        return run(OwnProcess.of(List.of(arguments)));
    }

    private String run(ProcessBuilder studio) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process = studio.redirectOutput(output.toFile()).start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the studio did not end");
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
