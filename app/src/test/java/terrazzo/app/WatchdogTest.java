package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javafx.geometry.VerticalDirection;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;
import terrazzo.data.images.ImageFile;

/// No handler, update or layout takes more than 50 ms of the UI thread once its classes are loaded; none waits.
class WatchdogTest extends StudioFixture {

    @Test
    void nothingHoldsTheUiThread() throws Exception {
        Path images = Files.createDirectories(folder.resolve("strip"));
        for (int i = 0; i < 12; i++) {
            ImageFile.save(images.resolve("image%02d.png".formatted(i)), noise(i));
        }
        openFiles(images);
        for (int i = 0; i < 2; i++) {
            everything();
        }
        studio.watchdog().forget(); // classes are loaded now
        for (int i = 0; i < 2; i++) {
            everything();
        }
        assertEquals(List.of(), studio.watchdog().slow());
    }

    @Test
    void aSlowHandlerIsFound() throws Exception {
        ui(() -> studio.scene().getRoot().addEventHandler(KeyEvent.KEY_PRESSED, _ -> {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long end = threads.getCurrentThreadCpuTime() + 80_000_000;
            while (threads.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
        }));
        studio.watchdog().forget();
        press(KeyCode.J);
        assertTrue(studio.watchdog().slow().getFirst().what().startsWith("KEY_PRESSED"));
    }

    @Test
    void aHandlerThatWaitsIsFound() throws Exception {
        isMeantToWait = true;
        WaitingCalls calls = new WaitingCalls(studio.watchdog());
        ui(() -> studio.scene()
                .getRoot()
                .addEventHandler(KeyEvent.KEY_PRESSED, _ -> LockSupport.parkNanos(1_500_000_000)));
        press(KeyCode.J);
        assertTrue(calls.end().getFirst().startsWith("KEY_PRESSED"));
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
