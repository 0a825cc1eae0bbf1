package terrazzo.app;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.stage.Stage;
import terrazzo.core.Size;

/// A studio that is driven from another thread than the UI's. Closing it waits for its tasks.
///
/// @param studio open
record OpenStudio(Studio studio) implements AutoCloseable {

    private static final long STEP_MILLIS = 2;
    private static final Duration LAST_WORK = Duration.ofSeconds(30);

    /// Makes a studio in a new window.
    interface Maker {

        Studio on(Stage stage);
    }

    /// @param window size of it
    static OpenStudio open(Maker maker, Size window) throws InterruptedException, ExecutionException {
        return new OpenStudio(ui(() -> {
            Stage stage = new Stage();
            Studio made = maker.on(stage);
            stage.setWidth(window.width());
            stage.setHeight(window.height());
            made.show();
            return made;
        }));
    }

    /// Runs `call` on the UI thread and waits.
    static <T> T ui(Callable<T> call) throws InterruptedException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(call);
        Platform.runLater(task);
        return task.get();
    }

    /// Waits until everything asked for is on screen.
    void settle() throws InterruptedException, ExecutionException {
        while (!ui(() -> studio.currentWorkspace().settled().get())) {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        }
    }

    <T extends Node> T find(Class<T> type, String selector) throws InterruptedException, ExecutionException {
        return ui(() -> type.cast(studio.scene().lookup(selector)));
    }

    /// Moves the pointer over a node, or clicks there.
    ///
    /// @param x in the scene, px
    /// @param y in the scene, px
    static void point(EventType<MouseEvent> type, Node node, double x, double y) {
        PickResult pick = new PickResult(node, x, y);
        Event.fireEvent(
                node,
                new MouseEvent(
                        type,
                        x,
                        y,
                        x,
                        y,
                        MouseButton.NONE,
                        1,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        pick));
    }

    @Override
    public void close() {
        try {
            ui(() -> {
                studio.close();
                return true;
            });
            studio.services().tasks().await(LAST_WORK);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the studio did not close", e);
        }
    }
}
