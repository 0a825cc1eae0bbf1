package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.segment.FakeSegmentation;
import terrazzo.core.Size;
import terrazzo.core.UserFolder;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.inference.video.VideoSink;
import terrazzo.plugin.Plugins;

/// The whole studio in a window, driven by pointer and keys, with a model that needs no weights. No test may have held
/// the UI thread ([UiWatch]).
@Tag("ui")
@SuppressWarnings("NullAway.Init") // set before each test
abstract class StudioFixture {

    static final Size IMAGE = new Size(120, 160);
    static final int VIDEO_FRAMES = 24;

    @RegisterExtension
    static final UiWatch WATCH = new UiWatch();

    @TempDir
    Path folder;

    final FakeSegmentation segmentation = new FakeSegmentation();
    final ChosenFiles dialogs = new ChosenFiles();
    final FxRobot robot = new FxRobot();
    Stage stage;
    Studio studio;

    /// Dialogs whose user always chooses the same.
    static final class ChosenFiles implements FileDialogs {

        List<Path> open = List.of();
        Optional<Path> target = Optional.empty();

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

    @BeforeEach
    void start() throws IOException, TimeoutException {
        stage = FxToolkit.registerPrimaryStage();
        Path settings = Files.createDirectories(home().resolve("settings"));
        Files.writeString(
                settings.resolve("appearance.json"), "{\"version\":1,\"theme\":\"light\",\"language\":\"en\"}");
        Files.createDirectories(home().resolve("plugins"));
        prepare();
        ui(() -> {
            studio = open();
            studio.show();
        });
        rest();
        // A busy machine paints the first frame late; until then a click would land beside its target.
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onUi(this::isLaidOut));
    }

    private boolean isLaidOut() {
        Node last = studio.scene().lookup("#rail-settings");
        double bottom = last.localToScene(last.getBoundsInLocal()).getMaxY();
        return !studio.scene().getRoot().isNeedsLayout()
                && bottom > studio.scene().getHeight() / 2
                && bottom <= studio.scene().getHeight();
    }

    /// Puts into the home what a test needs before the studio starts.
    void prepare() throws IOException {}

    final Path home() {
        return folder.resolve("home");
    }

    final Studio open() {
        return open(StudioOptions.plain());
    }

    final Studio open(StudioOptions options) {
        stage.setOnCloseRequest(null);
        Studio opened = new Studio(
                stage,
                new Studio.Surroundings(
                        new StudioHome(new UserFolder(home())),
                        dialogs,
                        segmentation,
                        Plugins.load(home().resolve("plugins"), _ -> {})),
                options);
        stage.setWidth(980);
        stage.setHeight(760);
        WATCH.follow(opened);
        return opened;
    }

    /// Closes the studio and opens another one on the same home.
    final void restart() throws InterruptedException {
        restart(StudioOptions.plain());
    }

    /// Closes the studio and opens another one as the command line would.
    final void restart(StudioOptions options) throws InterruptedException {
        ui(studio::close);
        studio.services().tasks().await(Duration.ofSeconds(10));
        ui(() -> {
            studio = open(options);
            studio.show();
        });
        rest();
    }

    @AfterEach
    void close() throws Exception {
        ui(studio::close);
        studio.services().tasks().await(Duration.ofSeconds(10));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> segmentation.open() == 0);
    }

    final void press(KeyCode... keys) {
        robot.press(keys);
        for (int i = keys.length - 1; i >= 0; i--) {
            robot.release(keys[i]);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    final Path image(String name, int seed) {
        Path file = folder.resolve(name);
        ImageFile.save(file, noise(seed));
        return file;
    }

    static Raster noise(int seed) {
        byte[] bgr = new byte[Math.toIntExact(IMAGE.area() * 3)];
        new Random(seed).nextBytes(bgr);
        return new Raster(IMAGE, bgr);
    }

    final Path video() {
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

    final void openFiles(Path... files) throws Exception {
        onUi(() -> studio.currentWorkspace().open(List.of(files)));
        settle();
    }

    final void settle() throws TimeoutException {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.waitFor(
                60,
                TimeUnit.SECONDS,
                () -> onUi(() -> studio.currentWorkspace().settled().get()));
        rest();
    }

    /// Until the last change is composed.
    static void rest() {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.sleep(120, TimeUnit.MILLISECONDS);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Does on the UI thread what is the test's own.
    static void ui(Runnable work) {
        onUi(() -> {
            work.run();
            return true;
        });
    }

    static <T> T onUi(Callable<T> call) {
        try {
            return WaitForAsyncUtils.asyncFx(() -> WATCH.own(call)).get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    final <T extends Node> T find(String query) {
        return (T) robot.lookup(query).query();
    }

    final String text(String query) {
        return this.<Label>find(query).getText();
    }

    /// The percentage in the row of an eye.
    final String share(String eye) {
        return robot.from(robot.lookup(eye).query().getParent())
                .lookup(".number")
                .queryAs(Label.class)
                .getText();
    }

    final SegCanvas canvas() {
        return find(".seg-canvas");
    }

    final void moveTo(int imageX, int imageY) {
        SegCanvas canvas = canvas();
        var t = canvas.viewport().transform();
        Bounds bounds = onUi(() -> canvas.localToScreen(canvas.getBoundsInLocal()));
        robot.moveTo(new Point2D(
                bounds.getMinX() + t.toScreenX(imageX + 0.5), bounds.getMinY() + t.toScreenY(imageY + 0.5)));
        rest();
    }

    final int pixel(int imageX, int imageY) {
        SegCanvas canvas = canvas();
        var t = canvas.viewport().transform();
        int x = (int) t.toScreenX(imageX + 0.5);
        int y = (int) t.toScreenY(imageY + 0.5);
        return onUi(() -> canvas.frame()[y * canvas.frameWidth() + x]);
    }

    final void assertPixel(Raster raster, int x, int y, int alpha) {
        int colour = FakeSegmentation.PALETTE.rgb(FakeSegmentation.label(x, IMAGE.width()));
        assertEquals(blend(raster.argb(x, y), colour, alpha), pixel(x, y));
    }

    static int blend(int below, int colour, int alpha) {
        int out = 0xFF;
        for (int shift = 16; shift >= 0; shift -= 8) {
            out = out << 8 | ((below >> shift & 0xFF) * (256 - alpha) + (colour >> shift & 0xFF) * alpha) >> 8;
        }
        return out;
    }
}
