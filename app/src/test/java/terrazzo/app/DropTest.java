package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.javafx.scene.input.DragboardHelper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.PickResult;
import javafx.scene.input.TransferMode;
import org.junit.jupiter.api.Test;
import terrazzo.app.notice.Notice;
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

    @Test
    void whatHangsOverTheWindowIsNamed() throws Exception {
        List<Path> images = List.of(image("one.png", 1), image("two.png", 2));
        assertTrue(hang(images).isAccepted());
        assertEquals("Drop to open 2 images", text("#drop-what"));
        assertEquals("Inference", text("#drop-where"));
        leave(images);
        assertFalse(onUi(() -> studio.scene().lookup("#drop-target").isVisible()));
        hang(List.of(Files.writeString(folder.resolve("net.pth"), ""), image("one.png", 1)));
        assertEquals("Drop to open a model + an image", text("#drop-what"));
        assertTrue(robot.lookup("#empty").query().isVisible(), "nothing is opened before it is dropped");
    }

    @Test
    void whatNothingCanOpenIsRefusedWhileItHangs() throws Exception {
        List<Path> notes = List.of(Files.writeString(folder.resolve("notes.docx"), ""));
        hang(notes);
        assertEquals("None of these files can be opened", text("#drop-what"));
        assertEquals("notes.docx", text("#drop-where"));
        assertFalse(hang(notes).isAccepted());
        leave(notes);
        assertTrue(hang(List.of(image("one.png", 1))).isAccepted());
        assertEquals("Drop to open an image", text("#drop-what"));
    }

    @Test
    void aRunIsForTheCharts() throws Exception {
        robot.clickOn("#rail-charts");
        hang(List.of(Files.createDirectories(folder.resolve("run"))));
        assertEquals("Drop to open a run", text("#drop-what"));
        assertEquals("Charts", text("#drop-where"));
    }

    @Test
    void whatIsNotOpenedBesideTheOthersIsTold() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.docx"), "");
        drop(canvas(), image("one.png", 1), notes);
        settle();
        assertEquals("one.png", text("#picture-name"));
        Notice last = onUi(() -> studio.services().notices().shown().getLast());
        assertEquals("One file was left out", last.title());
        assertEquals("notes.docx — one model opens at a time, and one video, one folder or images.", last.text());
    }

    private DragEvent hang(List<Path> files) {
        DragEvent over = onUi(() -> fire(DragEvent.DRAG_OVER, studio.scene().getRoot(), files));
        rest();
        return over;
    }

    private void leave(List<Path> files) {
        ui(() -> fire(DragEvent.DRAG_EXITED, studio.scene().getRoot(), files));
    }

    /// What the toolkit does while files are dragged.
    static DragEvent fire(EventType<DragEvent> type, Node target, List<Path> files) {
        Dragboard board = DragboardHelper.createDragboard(new DraggedFiles(files.toArray(Path[]::new)));
        DragEvent event = event(type, target, board);
        Event.fireEvent(target, event);
        return event;
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
