package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.event.Event;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.app.fx.WindowDialogs;
import terrazzo.app.segment.FakeSegmentation;
import terrazzo.core.Size;
import terrazzo.core.UserFolder;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.plugin.Plugins;

/// Opens, switches and closes again and again; nothing may stay.
@Tag("ui")
@ExtendWith(ApplicationExtension.class)
class LeakTest {

    private static final Size IMAGE = new Size(300, 400);
    private static final int WINDOWS = 50;

    @TempDir
    private static Path folder;

    private final FakeSegmentation segmentation = new FakeSegmentation();

    @Start
    void start(Stage window) {
        window.setScene(new Scene(new Label("keeps the toolkit running"), 200, 100));
        window.show();
    }

    @Test
    void closedStudiosAreCollectedWithThreadsAndModels() throws Exception {
        List<Path> images = List.of(image("a.png", 1), image("b.png", 2));
        List<WeakReference<Parent>> roots = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            Studio studio = ui(() -> {
                Studio opened = open();
                opened.show();
                opened.currentWorkspace().open(images);
                return opened;
            });
            settle(studio);
            roots.add(new WeakReference<>(studio.scene().getRoot()));
            ui(() -> {
                studio.show("settings");
                studio.show("inference");
                studio.close();
                return 0;
            });
        }
        ui(() -> 0);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (alive(roots) > 1 && System.nanoTime() < deadline) {
            System.gc();
            WaitForAsyncUtils.sleep(100, TimeUnit.MILLISECONDS);
            ui(() -> 0);
        }
        // The toolkit itself keeps the scene that had the focus last.
        assertTrue(alive(roots) <= 1, alive(roots) + " of " + WINDOWS + " windows are still there");
        assertEquals(0, segmentation.open());
        assertEquals(0, threads());
    }

    @Test
    void fiftyImagesLeaveNoMoreThanOne() throws Exception {
        List<Path> images = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            images.add(image("image%02d.png".formatted(i), i));
        }
        Studio studio = ui(() -> {
            Studio opened = open();
            opened.show();
            opened.currentWorkspace().open(images);
            return opened;
        });
        settle(studio);
        long before = used();
        for (int i = 0; i < 50; i++) {
            ui(() -> {
                Event.fireEvent(
                        studio.scene().getRoot(),
                        new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.CLOSE_BRACKET, false, false, false, false));
                return 0;
            });
            settle(studio);
        }
        long grown = used() - before;
        ui(() -> {
            studio.close();
            return 0;
        });
        // One image with levels, tiles and result takes about 2 MB; fifty would be 100 MB.
        assertTrue(grown < 30L << 20, "grown by " + (grown >> 20) + " MB");
    }

    private Studio open() {
        Stage stage = new Stage();
        return new Studio(
                stage,
                new Studio.Surroundings(
                        new StudioHome(new UserFolder(folder.resolve("home"))),
                        new WindowDialogs(() -> null),
                        segmentation,
                        Plugins.none()),
                StudioOptions.plain());
    }

    private static Path image(String name, int seed) {
        byte[] bgr = new byte[Math.toIntExact(IMAGE.area() * 3)];
        new Random(seed).nextBytes(bgr);
        Path file = folder.resolve(name);
        ImageFile.save(file, new Raster(IMAGE, bgr));
        return file;
    }

    private static void settle(Studio studio) throws Exception {
        WaitForAsyncUtils.waitFor(
                20,
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
            return WaitForAsyncUtils.asyncFx(call).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
