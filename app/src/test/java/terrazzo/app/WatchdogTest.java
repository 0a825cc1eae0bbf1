package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.geometry.VerticalDirection;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Popup;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.data.images.ImageFile;

/// Nothing that the UI thread does takes more than 50 ms; and what does would be found, wherever it is.
class WatchdogTest extends StudioFixture {

    private static final int SLOW_MILLIS = 60;
    private static final int QUICK_MILLIS = 20;

    /// Where work of the UI thread can be.
    enum Place {
        UPDATE,
        TIMELINE,
        ANIMATION_TIMER,
        HANDLER,
        MENU,
        DIALOG,
        LAYOUT
    }

    @Test
    void nothingHoldsTheUiThread() throws Exception {
        Path images = Files.createDirectories(folder.resolve("strip"));
        for (int i = 0; i < 12; i++) {
            ImageFile.save(images.resolve("image%02d.png".formatted(i)), noise(i));
        }
        openFiles(images);
        for (int i = 0; i < 3; i++) {
            everything();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void slowWorkIsFound(Place place) throws Exception {
        work(place, SLOW_MILLIS);
        List<String> found = WATCH.take();
        assertEquals(1, found.size(), found.toString());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void verySlowWorkIsNamed(Place place) throws Exception {
        work(place, 4 * SLOW_MILLIS); // on a busy machine no one may look for a while
        String found = WATCH.take().getFirst();
        assertTrue(found.contains("WatchdogTest.spin"), found);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void quickWorkIsNot(Place place) throws Exception {
        work(place, QUICK_MILLIS);
        assertEquals(List.of(), WATCH.take());
    }

    @Test
    void workThatWaitsIsFound() throws Exception {
        Platform.runLater(() -> WaitForAsyncUtils.sleep(300, TimeUnit.MILLISECONDS));
        rest();
        List<String> found = WATCH.take();
        assertEquals(1, found.size(), found.toString());
        assertTrue(found.getFirst().startsWith("waited, "), found.getFirst());
        assertTrue(found.getFirst().contains("WatchdogTest"), found.getFirst());
    }

    @Test
    void theTestsOwnWorkIsNot() {
        ui(() -> spin(SLOW_MILLIS));
        ui(() -> WaitForAsyncUtils.sleep(300, TimeUnit.MILLISECONDS));
        assertEquals(List.of(), WATCH.take());
    }

    /// Makes the UI thread work once.
    private void work(Place place, int millis) throws Exception {
        switch (place) {
            case UPDATE -> Platform.runLater(() -> spin(millis));
            case TIMELINE -> ui(() -> new Timeline(new KeyFrame(Duration.millis(1), _ -> spin(millis))).play());
            case ANIMATION_TIMER -> ui(() -> once(millis).start());
            case HANDLER -> {
                press(KeyCode.J); // loads what a key needs
                ui(() -> studio.scene().addEventHandler(KeyEvent.KEY_PRESSED, _ -> spin(millis)));
                press(KeyCode.J);
            }
            case MENU -> {
                MenuItem item = new MenuItem("Take your time");
                item.setOnAction(_ -> spin(millis));
                ui(() -> new ContextMenu(item).show(stage, stage.getX() + 50, stage.getY() + 50));
                rest();
                robot.clickOn("Take your time");
            }
            case DIALOG -> dialog(millis);
            case LAYOUT -> {
                Popup popup = new Popup();
                Region slow = new Region() {
                    @Override
                    protected void layoutChildren() {
                        if (isVisible()) {
                            setVisible(false);
                            spin(millis);
                        }
                    }
                };
                slow.setVisible(false);
                popup.getContent().add(slow);
                ui(() -> popup.show(stage));
                rest();
                ui(() -> {
                    slow.setVisible(true);
                    slow.requestLayout();
                });
                rest();
                ui(popup::hide);
            }
        }
        rest();
    }

    private static AnimationTimer once(int millis) {
        return new AnimationTimer() {
            @Override
            public void handle(long now) {
                stop();
                spin(millis);
            }
        };
    }

    /// Work in a window that someone waits for.
    private void dialog(int millis) {
        Button answer = new Button("Answer");
        answer.setOnAction(_ -> {
            spin(millis);
            answer.getScene().getWindow().hide();
        });
        Platform.runLater(() -> {
            Stage dialog = new Stage();
            dialog.initOwner(stage);
            dialog.setScene(new Scene(answer));
            dialog.showAndWait();
        });
        rest();
        robot.clickOn("Answer");
    }

    private static void spin(int millis) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + millis * 1_000_000L;
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void everything() throws Exception {
        press(KeyCode.CLOSE_BRACKET);
        settle();
        press(KeyCode.OPEN_BRACKET);
        settle();
        for (KeyCode key :
                List.of(KeyCode.H, KeyCode.H, KeyCode.PERIOD, KeyCode.COMMA, KeyCode.DIGIT1, KeyCode.DIGIT0)) {
            press(key);
        }
        moveTo(30, 40);
        robot.scroll(3, VerticalDirection.UP);
        robot.clickOn("#eye-1");
        robot.clickOn("#solo-2");
        press(KeyCode.CONTROL, KeyCode.Z);
        press(KeyCode.CONTROL, KeyCode.Z);
        press(KeyCode.CONTROL, KeyCode.S);
        press(KeyCode.CONTROL, KeyCode.K);
        robot.write("go");
        press(KeyCode.ESCAPE);
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        rest();
    }
}
