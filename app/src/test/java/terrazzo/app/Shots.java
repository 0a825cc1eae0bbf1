package terrazzo.app;

import static terrazzo.app.ShotCamera.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

/// Pictures of some part of the studio; what the parts do alike.
abstract class Shots {

    private static final int PATIENCE_SECONDS = 90;

    final Path home;
    final Studio studio;
    final ShotCamera camera;

    /// @param home of the studio
    /// @param studio whose pictures are taken
    Shots(Path home, Studio studio, ShotCamera camera) {
        this.home = home;
        this.studio = studio;
        this.camera = camera;
    }

    // What is done to the window

    void open(List<Path> files) throws Exception {
        ui(() -> studio.currentWorkspace().open(files));
        new OpenStudio(studio).settle(); // the state that follows may be one that nobody wants a picture of
    }

    void hidePopups() {
        for (Window window : List.copyOf(Window.getWindows())) {
            if (window instanceof PopupWindow popup) {
                popup.hide();
            }
        }
    }

    void hush() {
        studio.services().notices().shown().clear();
    }

    String text(String key) {
        return studio.services().texts().get(key);
    }

    Node find(String selector) {
        return studio.scene().lookup(selector);
    }

    void step(String step) throws Exception {
        ui(doing(step));
    }

    ShotCamera.Step doing(String step) {
        return () -> new Steps(studio).perform(step);
    }

    void key(KeyCode code) throws Exception {
        ui(() -> key(
                Optional.ofNullable(studio.scene().getFocusOwner())
                        .orElse(studio.scene().getRoot()),
                code));
    }

    static void key(Node target, KeyCode code) {
        Event.fireEvent(target, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    void waitFor(BooleanSupplier wanted) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!OpenStudio.ui(wanted::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new IOException("this state did not come");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }
}
