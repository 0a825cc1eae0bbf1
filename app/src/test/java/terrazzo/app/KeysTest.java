package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;
import terrazzo.app.segment.FakeSegmentation;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;

/// Every key of the workspace, pressed.
class KeysTest extends StudioFixture {

    @Test
    void paletteFindsAndPerformsACommand() throws Exception {
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        robot.write("go settings").type(KeyCode.ENTER);
        rest();
        assertEquals("settings", studio.currentWorkspace().id());
        assertFalse(robot.lookup("#palette-query").tryQuery().isPresent());
    }

    @Test
    void opensWithCtrlO() throws Exception {
        dialogs.open = List.of(image("one.png", 1));
        press(KeyCode.CONTROL, KeyCode.O);
        settle();
        assertEquals("one.png", text("#picture-name"));
        Path images = Files.createDirectories(folder.resolve("more"));
        ImageFile.save(images.resolve("a.png"), noise(1));
        dialogs.target = Optional.of(images);
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        settle();
        assertEquals("a.png", text("#picture-name"));
    }

    @Test
    void stepsWithBracketsAndArrows() throws Exception {
        openFiles(image("a.png", 1), image("b.png", 2), image("c.png", 3));
        press(KeyCode.CLOSE_BRACKET);
        settle();
        assertEquals("b.png", text("#picture-name"));
        press(KeyCode.RIGHT);
        settle();
        assertEquals("c.png", text("#picture-name"));
        press(KeyCode.LEFT);
        settle();
        press(KeyCode.OPEN_BRACKET);
        settle();
        assertEquals("a.png", text("#picture-name"));
    }

    @Test
    void hidesTheOverlayAndMakesItFainterAndStronger() throws Exception {
        Raster raster = ImageFile.load(image("one.png", 1));
        openFiles(folder.resolve("one.png"));
        press(KeyCode.H);
        rest();
        assertEquals(raster.argb(20, 30), pixel(20, 30));
        press(KeyCode.H);
        press(KeyCode.COMMA);
        rest();
        assertEquals(0.4, this.<Slider>find("#opacity").getValue(), 1e-9);
        press(KeyCode.PERIOD);
        press(KeyCode.PERIOD);
        assertEquals(0.6, this.<Slider>find("#opacity").getValue(), 1e-9);
    }

    @Test
    void zoomsWithDigitsAndCtrlPlusMinus() throws Exception {
        openFiles(image("one.png", 1));
        String fitted = text("#zoom");
        press(KeyCode.DIGIT1);
        rest();
        assertEquals("100 %", text("#zoom"));
        press(KeyCode.CONTROL, KeyCode.EQUALS);
        rest();
        assertEquals("141 %", text("#zoom"));
        press(KeyCode.CONTROL, KeyCode.MINUS);
        rest();
        assertEquals("100 %", text("#zoom"));
        press(KeyCode.DIGIT0);
        rest();
        assertEquals(fitted, text("#zoom"));
    }

    @Test
    void runsAgainWithSpaceAndCtrlR() throws Exception {
        openFiles(image("one.png", 1));
        assertEquals(1, segmentation.runs());
        press(KeyCode.SPACE);
        settle();
        assertEquals(2, segmentation.runs());
        press(KeyCode.CONTROL, KeyCode.R);
        settle();
        assertEquals(3, segmentation.runs());
    }

    @Test
    void copiesTheOverlayToTheClipboard() throws Exception {
        Raster raster = ImageFile.load(image("one.png", 1));
        openFiles(folder.resolve("one.png"));
        press(KeyCode.CONTROL, KeyCode.C);
        Image copied = onUi(() -> Clipboard.getSystemClipboard().getImage());
        assertEquals(IMAGE.width(), copied.getWidth());
        int expected = blend(raster.argb(30, 60), FakeSegmentation.PALETTE.rgb(1), 128);
        assertClose(expected, copied.getPixelReader().getArgb(30, 60));
    }

    @Test
    void keysScrollTheSheetOfKeys() {
        ui(() -> stage.setHeight(600));
        rest();
        press(KeyCode.SHIFT, KeyCode.SLASH);
        ScrollPane groups = find(".shortcut-groups");
        press(KeyCode.END);
        assertEquals(1, onUi(groups::getVvalue));
        press(KeyCode.ESCAPE);
        assertFalse(robot.lookup(".shortcut-sheet").tryQuery().isPresent());
    }

    @Test
    void showsAndClosesTheSheetOfKeys() {
        press(KeyCode.SHIFT, KeyCode.SLASH);
        assertTrue(robot.lookup(".shortcut-sheet").tryQuery().isPresent());
        // F11 is listed only: the headless toolkit's screen is smaller than what it fills.
        for (String keys : List.of("Ctrl+K", "Ctrl+O", "Ctrl+E", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+S", "F11")) {
            assertTrue(robot.lookup(keys).tryQuery().isPresent(), keys);
        }
        press(KeyCode.ESCAPE);
        assertFalse(robot.lookup(".shortcut-sheet").tryQuery().isPresent());
    }

    @Test
    void goesToWorkspacesByNumber() {
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        assertNotEquals("inference", studio.currentWorkspace().id());
        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        assertEquals("inference", studio.currentWorkspace().id());
    }

    @Test
    void hidesTheInspectorWithCtrlI() {
        Node panel = robot.lookup(".side-panel").query();
        press(KeyCode.CONTROL, KeyCode.I);
        assertFalse(panel.isVisible());
        press(KeyCode.CONTROL, KeyCode.I);
        assertTrue(panel.isVisible());
    }

    @Test
    void keysBelongToATextFieldWhileItHasTheFocus() throws Exception {
        openFiles(image("one.png", 1));
        robot.clickOn("#opacity-field").write("h");
        assertTrue(onUi(() -> ((ToggleButton) robot.lookup("#inference-hide").query()).isSelected()));
    }

    /// The overlay of files rounds each channel by itself; the screen cuts.
    private static void assertClose(int expected, int actual) {
        for (int shift = 0; shift < 32; shift += 8) {
            assertTrue(Math.abs((expected >> shift & 0xFF) - (actual >> shift & 0xFF)) <= 1);
        }
    }

    /// While the window is hidden, for the toolkit without a display paints outside its own screen when it fills it.
    @Test
    void fillsTheScreenWithF11() {
        List<Boolean> seen = onUi(() -> {
            Platform.setImplicitExit(false);
            stage.hide();
            fireF11();
            boolean isFull = stage.isFullScreen();
            fireF11();
            boolean isFullAgain = stage.isFullScreen();
            stage.show();
            return List.of(isFull, isFullAgain);
        });
        assertEquals(List.of(true, false), seen);
    }

    private void fireF11() {
        Event.fireEvent(
                studio.scene().getRoot(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.F11, false, false, false, false));
    }

    @Test
    void everythingThatCanBeDoneHasANameInBothLanguages() {
        for (String language : List.of("en", "zh")) {
            ui(() -> studio.appearanceProperty()
                    .set(studio.appearanceProperty().get().withLanguage(language)));
            press(KeyCode.SHIFT, KeyCode.SLASH);
            Set<String> names = new TreeSet<>();
            robot.lookup(".shortcut-sheet .label").queryAllAs(Label.class).forEach(label -> names.add(label.getText()));
            assertTrue(names.size() > 30, names.toString());
            assertEquals(
                    List.of(),
                    names.stream().filter(n -> n.matches("[a-z]+[.][a-zA-Z.]+")).toList());
            press(KeyCode.ESCAPE);
        }
    }
}
