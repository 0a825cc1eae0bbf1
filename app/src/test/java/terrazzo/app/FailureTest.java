package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
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
    void aModelThatCantBeOpenedLeavesTheOneBefore() throws Exception {
        openFiles(image("one.png", 1));
        String before = text("#model-name");
        openFiles(Files.writeString(folder.resolve("broken.pth"), ""));
        assertEquals(before, text("#model-name"));
        openFiles(image("two.png", 2));
        assertEquals(2, segmentation.runs());
    }

    @Test
    void aDeviceThatCantRunTheModelIsNotKept() throws Exception {
        openFiles(image("one.png", 1));
        ComboBox<String> device = find("#device");
        ui(() -> device.getSelectionModel().select("gpu"));
        settle();
        assertEquals("cpu", device.getValue());
        assertEquals(1, segmentation.open());
        assertEquals(1, segmentation.runs(), "nothing was opened or run again");
    }

    @Test
    void anImageOfAFolderThatCantBeReadShowsNeitherTheOneBeforeNorItsClasses() throws Exception {
        openFiles(image("a.png", 1), Files.writeString(folder.resolve("b.png"), "no image"), image("c.png", 2));
        press(KeyCode.CLOSE_BRACKET);
        settle();
        assertTrue(robot.lookup("#empty").query().isVisible());
        assertTrue(robot.lookup("b.png can’t be shown").tryQuery().isPresent());
        assertEquals("", text("#picture-name"));
        assertEquals(
                "", robot.lookup("#classes .number").nth(0).queryAs(Label.class).getText());
        press(KeyCode.CLOSE_BRACKET);
        settle();
        assertFalse(robot.lookup("#empty").query().isVisible());
        assertEquals("c.png", text("#picture-name"));
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
