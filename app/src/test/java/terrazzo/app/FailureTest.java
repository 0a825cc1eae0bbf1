package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import terrazzo.app.notice.Notice;

/// What goes wrong is told and stops nothing else.
class FailureTest extends StudioFixture {

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
        assertTrue(robot.lookup("torn.jar").tryQuery().isPresent());
        assertTrue(robot.lookup(".failure-text").tryQuery().isPresent());
        robot.clickOn("#rail-inference");
        assertTrue(robot.lookup("#empty").query().isVisible());
    }

    @Override
    void prepare() throws IOException {
        Files.writeString(home().resolve("plugins").resolve("torn.jar"), "not a jar");
    }
}
