package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.javafx.scene.input.DragboardHelper;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.PickResult;
import javafx.scene.input.TransferMode;
import org.junit.jupiter.api.Test;
import terrazzo.data.images.ImageFile;

/// Files dropped onto the window.
class DropTest extends StudioFixture {

    @Test
    void anImageDroppedOnTheCanvasIsOpenedAndRun() throws Exception {
        DragEvent over = drop(canvas(), image("one.png", 1));
        assertTrue(over.isAccepted());
        settle();
        assertEquals("one.png", text("#picture-name"));
        assertEquals(1, segmentation.runs());
    }

    @Test
    void aFolderDroppedOnTheSettingsOpensInInference() throws Exception {
        Path images = Files.createDirectories(folder.resolve("strip"));
        ImageFile.save(images.resolve("x.png"), noise(1));
        ImageFile.save(images.resolve("y.png"), noise(2));
        robot.clickOn("#rail-settings");
        drop(studio.scene().getRoot(), images);
        assertEquals("inference", studio.currentWorkspace().id());
        settle();
        assertEquals("x.png", text("#picture-name"));
        assertTrue(robot.lookup("#filmstrip").query().isVisible());
    }

    @Test
    void configAndCheckpointDroppedTogetherAreTheModel() throws Exception {
        Path config = Files.writeString(folder.resolve("net.py"), "model = dict()");
        Path checkpoint = Files.writeString(folder.resolve("net.pth"), "");
        drop(canvas(), config, checkpoint, image("one.png", 1));
        settle();
        assertEquals("net", text("#model-name"));
        assertEquals(1, segmentation.runs());
    }

    @Test
    void whatCantBeShownIsNotTaken() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.docx"), "");
        drop(canvas(), notes);
        assertTrue(robot.lookup("#empty").query().isVisible());
        assertEquals("inference", studio.currentWorkspace().id());
        assertEquals(
                "None of these files can be opened",
                onUi(() -> studio.services().notices().shown().getLast().title()));
    }

    /// Drags files over a node and drops them there, as the toolkit does.
    ///
    /// @return the event of dragging over
    static DragEvent drop(Node target, Path... files) {
        return onUi(() -> {
            Dragboard board = DragboardHelper.createDragboard(new DraggedFiles(files));
            DragEvent over = event(DragEvent.DRAG_OVER, target, board);
            Event.fireEvent(target, over);
            Event.fireEvent(target, event(DragEvent.DRAG_DROPPED, target, board));
            return over;
        });
    }

    private static DragEvent event(EventType<DragEvent> type, Node target, Dragboard board) {
        PickResult pick = new PickResult(target, 10, 10);
        return new DragEvent(target, target, type, board, 10, 10, 10, 10, TransferMode.COPY, null, target, pick);
    }
}
