package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.app.fx.WindowDialogs;
import terrazzo.app.segment.EngineSegmentation;
import terrazzo.app.segment.FakeSegmentation;
import terrazzo.app.segment.SegmentationService;
import terrazzo.core.Size;
import terrazzo.core.UserFolder;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.inference.Catalogues;
import terrazzo.plugin.Plugins;

/// Opens, switches and closes again and again; nothing may stay.
@Tag("ui")
@ExtendWith(ApplicationExtension.class)
class LeakTest {

    private static final Size IMAGE = new Size(300, 400);
    private static final Size SMALL = new Size(64, 96);
    private static final int WINDOWS = 50;

    @RegisterExtension
    static final UiWatch WATCH = new UiWatch();

    @TempDir
    private static Path folder;

    @Start
    void start(Stage window) {
        window.setScene(new Scene(new Label("keeps the toolkit running"), 200, 100));
        window.show();
    }

    @Test
    void closedStudiosAreCollectedWithTheirThreads() throws Exception {
        SegmentationService engine =
                new EngineSegmentation(Catalogues::builtIn, new UserFolder(folder.resolve("home")));
        List<Path> images = List.of(image("a.png", SMALL, 1), image("b.png", SMALL, 2));
        Path runs = runs();
        List<WeakReference<Parent>> roots = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            Studio studio = shown(engine, images);
            settle(studio);
            roots.add(new WeakReference<>(studio.scene().getRoot()));
            lookAtCharts(studio, runs);
            lookAtARun(studio);
            ui(() -> {
                studio.show("settings");
                studio.show("inference");
                studio.close();
                return 0;
            });
            assertTrue(studio.services().tasks().await(Duration.ofSeconds(20)), "its threads end");
        }
        ui(() -> 0);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(4); // less than a message stays
        while (alive(roots) > 1 && System.nanoTime() < deadline) {
            System.gc();
            WaitForAsyncUtils.sleep(100, TimeUnit.MILLISECONDS);
            ui(() -> 0);
        }
        // The toolkit itself keeps the scene that had the focus last.
        assertTrue(alive(roots) <= 1, alive(roots) + " of " + WINDOWS + " windows are still there");
        assertEquals(0, threads());
    }

    @Test
    void fiftyImagesLeaveNoMoreThanOne() throws Exception {
        List<Path> images = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            images.add(image("image%02d.png".formatted(i), IMAGE, i));
        }
        FakeSegmentation segmentation = new FakeSegmentation();
        Studio studio = shown(segmentation, images);
        settle(studio);
        long before = used();
        for (int i = 0; i < 50; i++) {
            ui(() -> {
                Event.fireEvent(studio.scene().getRoot(), key(KeyEvent.KEY_PRESSED, KeyCode.CLOSE_BRACKET));
                return 0;
            });
            settle(studio);
        }
        long grown = used() - before;
        ui(() -> {
            studio.close();
            return 0;
        });
        assertTrue(studio.services().tasks().await(Duration.ofSeconds(20)), "its threads end");
        assertEquals(0, segmentation.open());
        // One image with levels, tiles and result takes about 2 MB; fifty would be 100 MB.
        assertTrue(grown < 30L << 20, "grown by " + (grown >> 20) + " MB");
    }

    /// A studio with images open, and a run to look at.
    private static Studio shown(SegmentationService segmentation, List<Path> images) {
        return ui(() -> {
            Studio studio = new Studio(
                    new Stage(),
                    new Studio.Surroundings(
                            new StudioHome(new UserFolder(folder.resolve("home"))),
                            new WindowDialogs(() -> null),
                            segmentation,
                            Plugins.none()),
                    StudioOptions.plain());
            WATCH.follow(studio);
            studio.show();
            studio.currentWorkspace().open(images);
            return studio;
        });
    }

    private static void lookAtCharts(Studio studio, Path runs) throws Exception {
        ui(() -> {
            studio.show("charts");
            return studio.currentWorkspace().open(List.of(runs));
        });
        settle(studio);
        find(studio, "#chart-loss");
    }

    private static void lookAtARun(Studio studio) throws Exception {
        ui(() -> {
            studio.show("train");
            return 0;
        });
        settle(studio);
        ListView<?> list = (ListView<?>) find(studio, "#train-runs");
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> ui(() -> !list.getItems().isEmpty()));
        ui(() -> {
            list.getSelectionModel().select(0);
            Event.fireEvent(list, key(KeyEvent.KEY_RELEASED, KeyCode.SPACE));
            return 0;
        });
        Labeled name = (Labeled) find(studio, "#train-run-name");
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> ui(() -> name.getText().equals("one")));
    }

    /// A node that is there at once or after the next pulse: what scrolls is no part of the scene before it is styled.
    private static Node find(Studio studio, String query) throws Exception {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> ui(() -> studio.scene().lookup(query) != null));
        return ui(() -> studio.scene().lookup(query));
    }

    /// A folder of one run, where the studio looks for them.
    private static Path runs() throws IOException {
        Path runs = folder.resolve("work_dirs");
        Path log = runs.resolve("one/20260102_030405/vis_data/scalars.json");
        Files.createDirectories(log.getParent());
        Files.writeString(runs.resolve("one/config.py"), "optim_wrapper = dict(type='OptimWrapper')\n");
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 200; i++) {
            lines.append("{\"lr\": 0.01, \"loss\": %s, \"iter\": %d, \"step\": %d}\n".formatted(1.0 / i, i, i));
        }
        Files.writeString(log, lines);
        Path settings = Files.createDirectories(folder.resolve("home/settings"));
        Files.writeString(
                settings.resolve("train.json"),
                "{\"version\": 1, \"root\": \"%s\", \"config\": \"\"}"
                        .formatted(runs.toString().replace('\\', '/')));
        return runs;
    }

    private static KeyEvent key(EventType<KeyEvent> type, KeyCode code) {
        return new KeyEvent(type, "", "", code, false, false, false, false);
    }

    private static Path image(String name, Size size, int seed) {
        byte[] bgr = new byte[Math.toIntExact(size.area() * 3)];
        new Random(seed).nextBytes(bgr);
        Path file = folder.resolve(name);
        ImageFile.save(file, new Raster(size, bgr));
        return file;
    }

    private static void settle(Studio studio) throws Exception {
        WaitForAsyncUtils.waitFor(
                60,
                TimeUnit.SECONDS,
                () -> ui(() -> studio.currentWorkspace().settled().get()));
    }

    private static long alive(List<WeakReference<Parent>> roots) {
        return roots.stream().filter(r -> r.get() != null).count();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.isAlive() && t.getName().startsWith("terrazzo-"))
                .count();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static <T> T ui(Callable<T> call) {
        try {
            return WaitForAsyncUtils.asyncFx(() -> WATCH.own(call)).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
