package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javafx.event.ActionEvent;
import javafx.scene.control.ColorPicker;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;

/// Ctrl+Z and Ctrl+Shift+Z on classes.
class UndoTest extends StudioFixture {

    @Test
    void takesBackVisibilitySoloColourAndPalette() throws Exception {
        Raster raster = ImageFile.load(image("one.png", 1));
        openFiles(folder.resolve("one.png"));
        robot.clickOn("#eye-1");
        robot.clickOn("#solo-2");
        ColorPicker picker = find("#colour-2");
        ui(() -> {
            picker.setValue(Color.rgb(0, 255, 0));
            picker.fireEvent(new ActionEvent());
        });
        rest();
        assertEquals(blend(raster.argb(50, 60), 0x00FF00, 128), pixel(50, 60));
        undo();
        assertPixel(raster, 50, 60, 128);
        assertEquals(raster.argb(10, 60), pixel(10, 60), "still alone");
        undo();
        assertPixel(raster, 10, 60, 128);
        assertEquals(raster.argb(30, 60), pixel(30, 60), "still hidden");
        undo();
        assertPixel(raster, 30, 60, 128);
        undo(); // nothing is left
        redo();
        assertEquals(raster.argb(30, 60), pixel(30, 60));
        assertEquals(1, segmentation.runs());
    }

    @Test
    void renamesByDoubleClickAndTakesItBack() throws Exception {
        openFiles(image("one.png", 1));
        robot.doubleClickOn("pavement");
        robot.write("sidewalk").type(KeyCode.ENTER);
        moveTo(30, 60);
        assertEquals("sidewalk", text("#hover-class"));
        undo();
        moveTo(31, 60);
        assertEquals("pavement", text("#hover-class"));
    }

    @Test
    void escapeKeepsTheName() throws Exception {
        openFiles(image("one.png", 1));
        robot.doubleClickOn("pavement");
        robot.write("nonsense").type(KeyCode.ESCAPE);
        moveTo(30, 60);
        assertEquals("pavement", text("#hover-class"));
    }

    @Test
    void aTextFieldTakesBackItsOwn() throws Exception {
        openFiles(image("one.png", 1));
        robot.clickOn("#eye-1");
        robot.doubleClickOn("#opacity-field").write("77");
        press(KeyCode.CONTROL, KeyCode.Z);
        rest();
        Raster raster = ImageFile.load(folder.resolve("one.png"));
        assertEquals(raster.argb(30, 60), pixel(30, 60), "class 1 is still hidden");
    }

    private void undo() {
        press(KeyCode.CONTROL, KeyCode.Z);
        rest();
    }

    private void redo() {
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        rest();
    }
}
