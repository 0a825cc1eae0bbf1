package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.event.ActionEvent;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.control.ColorPicker;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.notice.Notice;
import terrazzo.app.segment.FakeSegmentation;
import terrazzo.core.Size;
import terrazzo.core.UserFolder;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.inference.video.VideoSink;
import terrazzo.plugin.Plugins;

/// The whole studio in a window, driven by pointer and keys, with a model that needs no weights.
@Tag("ui")
@SuppressWarnings("NullAway.Init") // set before each test
@ExtendWith(ApplicationExtension.class)
class StudioTest {

    private static final Size IMAGE = new Size(120, 160);
    private static final int VIDEO_FRAMES = 24;

    @TempDir
    private static Path folder;

    private final FakeSegmentation segmentation = new FakeSegmentation();
    private final ChosenFiles dialogs = new ChosenFiles();
    private final FxRobot robot = new FxRobot();
    private Stage stage;
    private Studio studio;

    /// Dialogs whose user always chooses the same.
    private static final class ChosenFiles implements FileDialogs {

        private List<Path> open = List.of();
        private Optional<Path> target = Optional.empty();

        @Override
        public List<Path> open(String title, List<Kind> kinds) {
            return open;
        }

        @Override
        public Optional<Path> folder(String title) {
            return target;
        }

        @Override
        public Optional<Path> save(String title, String suggestedName, Kind kind) {
            return target;
        }
    }

    @Start
    void start(Stage window) throws IOException {
        stage = window;
        Path home = Files.createDirectories(folder.resolve("home"));
        Path settings = Files.createDirectories(home.resolve("settings"));
        Files.writeString(
                settings.resolve("appearance.json"), "{\"version\":1,\"theme\":\"light\",\"language\":\"en\"}");
        Files.deleteIfExists(settings.resolve("inference.json"));
        Files.createDirectories(home.resolve("plugins"));
        Files.writeString(home.resolve("plugins").resolve("torn.jar"), "not a jar");
        studio = open(home);
        studio.show();
    }

    private Studio open(Path home) {
        stage.setOnCloseRequest(null);
        Studio opened = new Studio(
                stage,
                new Studio.Surroundings(
                        new StudioHome(new UserFolder(home)),
                        dialogs,
                        segmentation,
                        Plugins.load(home.resolve("plugins"), _ -> {})),
                StudioOptions.plain());
        stage.setWidth(980);
        stage.setHeight(760);
        return opened;
    }

    @AfterEach
    void close() throws TimeoutException {
        onUi(() -> {
            studio.close();
            return true;
        });
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> segmentation.open() == 0);
    }

    // What the tests say

    @Test
    void runsTheModelOnAnOpenedImageAndBlendsExactly() throws Exception {
        Path image = image("one.png", 1);
        Raster raster = ImageFile.load(image);
        openFiles(image);
        assertPixel(raster, 20, 30, 128);
        assertPixel(raster, 110, 90, 128);

        Slider slider = find("#opacity");
        robot.clickOn("#opacity");
        robot.type(KeyCode.RIGHT, 3);
        double opacity = slider.getValue();
        assertNotEquals(0.5, opacity);
        rest();
        int alpha = (int) Math.round(opacity * 256);
        assertPixel(raster, 20, 30, alpha);
        assertPixel(raster, 110, 90, alpha);
        assertEquals(1, segmentation.runs());
    }

    @Test
    void opacityIsDraggedTypedAndSetBackByDoubleClick() throws Exception {
        openFiles(image("one.png", 1));
        Slider slider = find("#opacity");
        robot.drag(robot.lookup("#opacity .thumb").queryAs(Node.class)).moveBy(60, 0);
        assertTrue(slider.getValue() > 0.6, "acts while dragging");
        robot.drop();
        TextField field = find("#opacity-field");
        robot.doubleClickOn(field).write("25").type(KeyCode.ENTER);
        assertEquals(0.25, slider.getValue(), 1e-9);
        robot.doubleClickOn("#opacity");
        assertEquals(0.5, slider.getValue(), 1e-9);
    }

    @Test
    void hidesSolosAndRecoloursClassesWithoutRunningAgain() throws Exception {
        Path image = image("one.png", 1);
        Raster raster = ImageFile.load(image);
        openFiles(image);

        robot.clickOn("#eye-1");
        rest();
        assertEquals(raster.argb(30, 60), pixel(30, 60), "class 1 is hidden");
        assertPixel(raster, 10, 60, 128);

        robot.clickOn("#solo-2");
        rest();
        assertEquals(raster.argb(10, 60), pixel(10, 60), "only class 2 is shown");
        assertPixel(raster, 50, 60, 128);

        robot.clickOn("#inference-showAll");
        rest();
        assertPixel(raster, 30, 60, 128);

        ColorPicker picker = find("#colour-1");
        onUi(() -> {
            picker.setValue(Color.rgb(0, 255, 0));
            picker.fireEvent(new ActionEvent());
            return true;
        });
        rest();
        assertEquals(blend(raster.argb(30, 60), 0x00FF00, 128), pixel(30, 60));
        assertEquals(1, segmentation.runs());
    }

    @Test
    void unsurePixelsBecomeUnlabelled() throws Exception {
        Path image = image("one.png", 1);
        Raster raster = ImageFile.load(image);
        openFiles(image);
        Slider slider = find("#confidence");
        onUi(() -> {
            slider.setValue(0.6);
            return true;
        });
        rest();
        // The confidence of row y is 55 + 200 y / 120: row 30 has 105, row 100 has 221; 0.6 asks for 153.
        assertEquals(raster.argb(20, 30), pixel(20, 30));
        assertPixel(raster, 20, 100, 128);
        // Rows from 59 on are sure enough: 55 + 200 * 59 / 120 = 153.
        assertEquals("6.4 %", share("#eye-0")); // 12.5 % * 61 / 120
    }

    @Test
    void hoverNamesClassAndProbability() throws Exception {
        openFiles(image("one.png", 1));
        moveTo(30, 60);
        assertEquals("x 30  y 60", text("#hover-place"));
        assertEquals("pavement", text("#hover-class"));
        assertEquals("61 %", text("#hover-probability")); // (55 + 200 * 60 / 120) / 255
    }

    @Test
    void wheelZoomsAndTheMinimapComesAndGoes() throws Exception {
        openFiles(image("one.png", 1));
        moveTo(80, 60);
        String before = text("#zoom");
        robot.scroll(12, VerticalDirection.UP);
        rest();
        assertNotEquals(before, text("#zoom"));
        assertTrue(robot.lookup(".minimap").query().isVisible());
        robot.type(KeyCode.DIGIT0);
        rest();
        assertEquals(before, text("#zoom"));
        assertFalse(robot.lookup(".minimap").query().isVisible());
    }

    @Test
    void tabHeldShowsTheBareImage() throws Exception {
        Path image = image("one.png", 1);
        Raster raster = ImageFile.load(image);
        openFiles(image);
        onUi(() -> {
            canvas().requestFocus();
            return true;
        });
        robot.press(KeyCode.TAB);
        rest();
        assertEquals(raster.argb(20, 30), pixel(20, 30));
        robot.release(KeyCode.TAB);
        rest();
        assertPixel(raster, 20, 30, 128);
    }

    @Test
    void filmstripStepsThroughAFolder() throws Exception {
        Path images = Files.createDirectories(folder.resolve("strip"));
        for (int i = 0; i < 5; i++) {
            ImageFile.save(images.resolve("image" + i + ".png"), noise(i));
        }
        openFiles(images);
        assertEquals("image0.png", text("#picture-name"));
        ListView<?> strip = find("#filmstrip");
        assertTrue(strip.isVisible());
        robot.type(KeyCode.CLOSE_BRACKET);
        settle();
        assertEquals("image1.png", text("#picture-name"));
        robot.clickOn("image3.png");
        settle();
        assertEquals("image3.png", text("#picture-name"));
        assertEquals(3, strip.getSelectionModel().getSelectedIndex());
    }

    @Test
    void playsStepsAndScrubsAVideo() throws Exception {
        openFiles(video());
        Slider position = find("#video-position");
        assertEquals("0:00 / 0:02", text("#video-time"));
        robot.type(KeyCode.RIGHT);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> position.getValue() == 1);
        onUi(() -> {
            position.setValue(15);
            return true;
        });
        rest();
        WaitForAsyncUtils.waitFor(
                10, TimeUnit.SECONDS, () -> text("#video-time").startsWith("0:01"));
        robot.type(KeyCode.SPACE);
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> position.getValue() >= VIDEO_FRAMES - 2);
        assertTrue(segmentation.runs() > 2, "frames are run while it plays");
    }

    @Test
    void switchesLanguageAndThemeWhileItRuns() throws Exception {
        robot.clickOn("#rail-settings");
        robot.clickOn("#language-zh");
        assertEquals("推理", this.<Labeled>find("#rail-inference").getText());
        assertTrue(studio.scene().getRoot().getStyleClass().contains("zh"));
        robot.clickOn("#theme-dark");
        assertTrue(studio.scene().getRoot().getStyleClass().contains("dark"));
        robot.clickOn("#language-en");
        assertEquals("Inference", this.<Labeled>find("#rail-inference").getText());
    }

    @Test
    void settingsSurviveARestart() throws Exception {
        robot.clickOn("#rail-settings").clickOn("#theme-dark").clickOn("#rail-inference");
        Slider before = find("#opacity");
        onUi(() -> {
            before.setValue(0.8);
            studio.close();
            studio = open(folder.resolve("home"));
            studio.show();
            return true;
        });
        rest();
        assertTrue(studio.appearanceProperty().get().isDark());
        assertEquals(0.8, this.<Slider>find("#opacity").getValue(), 1e-9);
    }

    @Test
    void aFailingTaskEndsInTheUsersWords() throws Exception {
        openFiles(Files.writeString(folder.resolve("broken.pth"), ""));
        Notice notice = studio.services().notices().shown().getLast();
        assertEquals("This checkpoint can’t be used", notice.title());
        assertEquals("broken.pth: expected a checkpoint, got an empty file — download it again", notice.text());
        assertTrue(robot.lookup("This checkpoint can’t be used").tryQuery().isPresent());
        assertTrue(studio.services().tasks().tasks().isEmpty());
    }

    @Test
    void aFailingPluginIsListedAndTheRestStarts() {
        robot.clickOn("#rail-settings");
        assertTrue(robot.lookup("torn.jar ?").tryQuery().isPresent());
        assertTrue(robot.lookup(".failure-text").tryQuery().isPresent());
        robot.clickOn("#rail-inference");
        assertTrue(robot.lookup("#empty").query().isVisible());
    }

    @Test
    void paletteFindsAndPerformsACommand() throws Exception {
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        robot.write("go settings").type(KeyCode.ENTER);
        rest();
        assertEquals("settings", studio.currentWorkspace().id());
        assertFalse(robot.lookup("#palette-query").tryQuery().isPresent());
    }

    @Test
    void exportsOverlayAndMaskOfWhatIsSeen() throws Exception {
        Path image = image("one.png", 1);
        openFiles(image);
        Path mask = folder.resolve("mask.png");
        dialogs.target = Optional.of(mask);
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E).release(KeyCode.E, KeyCode.SHIFT, KeyCode.CONTROL);
        settle();
        LabelMap written = LabelMapFile.load(mask);
        assertEquals(FakeSegmentation.label(100, 160), written.at(100, 50));
        Path overlay = folder.resolve("overlay.png");
        dialogs.target = Optional.of(overlay);
        robot.press(KeyCode.CONTROL, KeyCode.E).release(KeyCode.E, KeyCode.CONTROL);
        settle();
        assertNotEquals(
                ImageFile.load(image).argb(100, 50), ImageFile.load(overlay).argb(100, 50));
    }

    @Test
    void noHandlerHoldsTheUiThread() throws Exception {
        studio.watchdog().forget();
        openFiles(image("one.png", 1), image("two.png", 2));
        robot.type(KeyCode.CLOSE_BRACKET, KeyCode.H, KeyCode.H, KeyCode.PERIOD, KeyCode.COMMA);
        settle();
        studio.watchdog().forget(); // classes are loaded now
        for (int i = 0; i < 5; i++) {
            robot.type(KeyCode.OPEN_BRACKET, KeyCode.CLOSE_BRACKET, KeyCode.H, KeyCode.H, KeyCode.PERIOD);
            moveTo(30 + i, 40);
            robot.scroll(2, VerticalDirection.UP);
        }
        settle();
        assertEquals(List.of(), studio.watchdog().slow());
    }

    // How they do it

    private Path image(String name, int seed) {
        Path file = folder.resolve(name);
        ImageFile.save(file, noise(seed));
        return file;
    }

    private static Raster noise(int seed) {
        byte[] bgr = new byte[Math.toIntExact(IMAGE.area() * 3)];
        new Random(seed).nextBytes(bgr);
        return new Raster(IMAGE, bgr);
    }

    private static Path video() {
        Path file = folder.resolve("video.mp4");
        try (VideoSink sink = VideoSink.open(file, IMAGE, 12)) {
            byte[] bgr = new byte[Math.toIntExact(IMAGE.area() * 3)];
            for (int i = 0; i < VIDEO_FRAMES; i++) {
                Arrays.fill(bgr, (byte) (i * 10));
                sink.write(bgr);
            }
            sink.finish();
        }
        return file;
    }

    private void openFiles(Path... files) throws Exception {
        onUi(() -> studio.currentWorkspace().open(List.of(files)));
        settle();
    }

    private void settle() throws TimeoutException {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.waitFor(
                20,
                TimeUnit.SECONDS,
                () -> onUi(() -> studio.currentWorkspace().settled().get()));
        rest();
    }

    /// Until the last change is composed.
    private static void rest() {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.sleep(120, TimeUnit.MILLISECONDS);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static <T> T onUi(Callable<T> call) {
        try {
            return WaitForAsyncUtils.asyncFx(call).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T extends Node> T find(String query) {
        return (T) robot.lookup(query).query();
    }

    private String text(String query) {
        return this.<Label>find(query).getText();
    }

    /// The percentage in the row of an eye.
    private String share(String eye) {
        return robot.from(robot.lookup(eye).query().getParent())
                .lookup(".number")
                .queryAs(Label.class)
                .getText();
    }

    private SegCanvas canvas() {
        return find(".seg-canvas");
    }

    private void moveTo(int imageX, int imageY) {
        SegCanvas canvas = canvas();
        var t = canvas.viewport().transform();
        Bounds bounds = onUi(() -> canvas.localToScreen(canvas.getBoundsInLocal()));
        robot.moveTo(new Point2D(
                bounds.getMinX() + t.toScreenX(imageX + 0.5), bounds.getMinY() + t.toScreenY(imageY + 0.5)));
        rest();
    }

    private int pixel(int imageX, int imageY) {
        SegCanvas canvas = canvas();
        var t = canvas.viewport().transform();
        int x = (int) t.toScreenX(imageX + 0.5);
        int y = (int) t.toScreenY(imageY + 0.5);
        return onUi(() -> canvas.frame()[y * canvas.frameWidth() + x]);
    }

    private void assertPixel(Raster raster, int x, int y, int alpha) {
        int colour = FakeSegmentation.PALETTE.rgb(FakeSegmentation.label(x, IMAGE.width()));
        assertEquals(blend(raster.argb(x, y), colour, alpha), pixel(x, y));
    }

    private static int blend(int below, int colour, int alpha) {
        int out = 0xFF;
        for (int shift = 16; shift >= 0; shift -= 8) {
            out = out << 8 | ((below >> shift & 0xFF) * (256 - alpha) + (colour >> shift & 0xFF) * alpha) >> 8;
        }
        return out;
    }
}
