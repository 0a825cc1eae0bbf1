package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.app.canvas.Viewport;
import terrazzo.data.images.ImageFile;

/// What was open comes back.
class SessionTest extends StudioFixture {

    @Test
    void aClosedSessionIsOfferedAndRestored() throws Exception {
        openFiles(image("a.png", 1), image("b.png", 2));
        press(KeyCode.CLOSE_BRACKET);
        settle();
        robot.clickOn("#eye-1");
        Slider opacity = find("#opacity");
        Slider confidence = find("#confidence");
        ui(() -> {
            opacity.setValue(0.3);
            confidence.setValue(0.25);
            canvas().viewport().zoomTo(8);
            canvas().viewport().centreOn(40, 50);
        });
        rest();
        restart();
        assertTrue(robot.lookup("Go on where you stopped?").tryQuery().isPresent());
        assertTrue(robot.lookup("#empty").query().isVisible(), "nothing is opened unasked");
        robot.clickOn("Restore last session");
        settle();
        assertEquals("b.png", text("#picture-name"));
        assertEquals(0.3, this.<Slider>find("#opacity").getValue(), 1e-9);
        assertEquals(0.25, this.<Slider>find("#confidence").getValue(), 1e-9);
        assertFalse(this.<ToggleButton>find("#eye-1").isSelected());
        Viewport viewport = canvas().viewport();
        assertEquals(8, viewport.zoom(), 1e-9);
        assertEquals(40, viewport.transform().toImageX(viewport.width() / 2.0), 0.5);
        assertEquals(50, viewport.transform().toImageY(viewport.height() / 2.0), 0.5);
    }

    @Test
    void aCrashIsToldAndTheFolderComesBack() throws Exception {
        Path images = Files.createDirectories(folder.resolve("strip"));
        for (int i = 0; i < 3; i++) {
            ImageFile.save(images.resolve("image" + i + ".png"), noise(i));
        }
        openFiles(images);
        robot.clickOn("image2.png");
        settle();
        press(KeyCode.CONTROL, KeyCode.S);
        Path journal = home().resolve("session.json");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> Files.exists(journal));
        String crashed = Files.readString(journal); // as it is while the studio runs
        assertTrue(crashed.contains("\"hasEnded\" : false"), crashed);
        ui(studio::close);
        studio.services().tasks().await(Duration.ofSeconds(10));
        Files.writeString(journal, crashed);
        ui(() -> {
            studio = open();
            studio.show();
        });
        rest();
        assertTrue(robot.lookup("The studio ended unexpectedly last time")
                .tryQuery()
                .isPresent());
        robot.clickOn("Restore last session");
        settle();
        assertEquals("image2.png", text("#picture-name"));
        assertEquals(3, this.<ListView<?>>find("#filmstrip").getItems().size());
    }

    @Test
    void filesThatAreGoneAreToldAndTheOthersOpen() throws Exception {
        openFiles(image("a.png", 1), image("b.png", 2));
        restart();
        Files.delete(folder.resolve("a.png"));
        robot.clickOn("Restore last session");
        settle();
        assertEquals("b.png", text("#picture-name"));
        assertTrue(robot.lookup("Files that are no longer there: 1").tryQuery().isPresent());
    }

    @Test
    void aVideoComesBackAtItsFrame() throws Exception {
        openFiles(video());
        Slider position = find("#video-position");
        ui(() -> position.setValue(15));
        WaitForAsyncUtils.waitFor(
                10, TimeUnit.SECONDS, () -> text("#video-time").startsWith("0:01"));
        restart();
        robot.clickOn("Restore last session");
        settle();
        WaitForAsyncUtils.waitFor(
                10, TimeUnit.SECONDS, () -> this.<Slider>find("#video-position").getValue() == 15);
    }

    @Test
    void aDamagedJournalIsNoSession() throws Exception {
        ui(studio::close);
        studio.services().tasks().await(Duration.ofSeconds(10));
        Files.writeString(home().resolve("session.json"), "{\"version\": 1, \"states\": {\"infer");
        ui(() -> {
            studio = open();
            studio.show();
        });
        rest();
        assertFalse(robot.lookup("Restore last session").tryQuery().isPresent());
    }

    @Test
    void aSessionThatIsNotWholeOpensNothing() throws Exception {
        openFiles(image("a.png", 1));
        ui(studio::close);
        studio.services().tasks().await(Duration.ofSeconds(10));
        Path journal = home().resolve("session.json");
        Files.writeString(journal, Files.readString(journal).replace("\"overlay\"", "\"forgotten\""));
        ui(() -> {
            studio = open();
            studio.show();
        });
        rest();
        robot.clickOn("Restore last session");
        settle();
        assertTrue(robot.lookup("#empty").query().isVisible());
    }
}
