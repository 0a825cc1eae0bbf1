package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;

/// Everything is reached by keyboard, told to screen readers, and says what to do while it is empty.
class ReachTest extends StudioFixture {

    /// More than there are stops, so that the round is complete.
    private static final int STOPS = 120;

    @Test
    void tabReachesRailBarAndInspector() throws Exception {
        openFiles(image("one.png", 1), image("two.png", 2));
        Set<String> reached = new TreeSet<>();
        ui(() -> studio.scene().lookup("#rail-inference").requestFocus());
        for (int i = 0; i < STOPS; i++) {
            Node owner = onUi(() -> studio.scene().getFocusOwner());
            for (Node n = owner; n != null; n = n.getParent()) {
                if (n.getId() != null) {
                    reached.add(n.getId());
                }
            }
            // Tab belongs to the image while it has the focus; Ctrl+Tab leaves it.
            if (owner instanceof SegCanvas) {
                press(KeyCode.CONTROL, KeyCode.TAB);
            } else {
                press(KeyCode.TAB);
            }
        }
        for (String id : List.of(
                "menu",
                "rail-inference",
                "rail-settings",
                "open-menu",
                "export-menu",
                "inference-live",
                "inference-run",
                "inference-hide",
                "model-catalogue",
                "device",
                "precision",
                "opacity",
                "opacity-field",
                "confidence",
                "classes",
                "filmstrip")) {
            assertTrue(reached.contains(id), id + " is not among " + reached);
        }
    }

    @Test
    void theRailIsUsedWithArrowsAndSpace() {
        ui(() -> studio.scene().lookup("#rail-settings").requestFocus());
        press(KeyCode.SPACE);
        assertEquals("settings", studio.currentWorkspace().id());
    }

    @Test
    void classesAreUsedWithoutAPointer() throws Exception {
        Raster raster = ImageFile.load(image("one.png", 1));
        openFiles(folder.resolve("one.png"));
        ListView<?> classes = find("#classes");
        ui(() -> {
            classes.requestFocus();
            classes.getSelectionModel().select(1);
        });
        press(KeyCode.SPACE);
        rest();
        assertEquals(raster.argb(30, 60), pixel(30, 60), "hidden");
        press(KeyCode.SPACE);
        press(KeyCode.ENTER);
        rest();
        assertEquals(raster.argb(10, 60), pixel(10, 60), "alone");
        press(KeyCode.F2);
        robot.write("kerb").type(KeyCode.ENTER);
        moveTo(30, 60);
        assertEquals("kerb", text("#hover-class"));
    }

    @Test
    void everyControlHasANameForScreenReaders() throws Exception {
        openFiles(video());
        robot.clickOn("#rail-settings");
        List<String> nameless = new ArrayList<>(nameless());
        robot.clickOn("#rail-inference");
        nameless.addAll(nameless());
        assertEquals(List.of(), nameless);
    }

    @Test
    void everyListSaysWhatToDoWhileItIsEmpty() {
        assertTrue(robot.lookup("Drop an image, a folder, a video or a checkpoint here")
                .tryQuery()
                .isPresent());
        assertTrue(robot.lookup("The model’s classes come here.").tryQuery().isPresent());
        press(KeyCode.CONTROL, KeyCode.K);
        robot.write("qqqqqq");
        assertTrue(robot.lookup("Nothing is called that").tryQuery().isPresent());
        press(KeyCode.ESCAPE);
        robot.clickOn("#rail-settings");
        assertTrue(robot.lookup("No plugins").tryQuery().isPresent());
    }

    /// Controls one can act on that have neither text, name, nor tooltip.
    private List<String> nameless() {
        return onUi(() ->
                robot
                        .lookup(n -> n instanceof Control && n.isFocusTraversable() && isSeen(n))
                        .queryAllAs(Control.class)
                        .stream()
                        .filter(c -> c.getAccessibleText() == null
                                || c.getAccessibleText().isBlank())
                        .filter(c -> !(c instanceof Labeled labeled)
                                || labeled.getText() == null
                                || labeled.getText().isBlank())
                        .map(c -> c.getClass().getSimpleName() + " #" + c.getId() + " " + c.getStyleClass())
                        .toList());
    }

    private static boolean isSeen(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
