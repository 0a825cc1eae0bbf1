package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import javafx.event.ActionEvent;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.control.ColorPicker;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import terrazzo.app.segment.FakeSegmentation;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;

/// Label pixels on screen follow opacity, classes and confidence at once.
class OverlayTest extends StudioFixture {

    @Test
    void runsTheModelOnAnOpenedImageAndBlendsExactly() throws Exception {
        Path image = image("one.png", 1);
        Raster raster = ImageFile.load(image);
        openFiles(image);
        assertPixel(raster, 20, 30, 128);
        assertPixel(raster, 110, 90, 128);

        Slider slider = find("#opacity");
        robot.clickOn("#opacity");
        robot.type(KeyCode.RIGHT, 3);
        double opacity = slider.getValue();
        assertNotEquals(0.5, opacity);
        rest();
        int alpha = (int) Math.round(opacity * 256);
        assertPixel(raster, 20, 30, alpha);
        assertPixel(raster, 110, 90, alpha);
        assertEquals(1, segmentation.runs());
    }

    @Test
    void sharesAreShownWholeAfterTheListGotNarrower() throws Exception {
        openFiles(image("one.png", 1));
        Steps hands = new Steps(studio);
        ui(() -> hands.perform("#confidence=1"));
        rest();
        ui(() -> stage.setHeight(480)); // a scroll bar comes
        rest();
        ui(() -> hands.perform("#confidence=0"));
        rest();
        Label share = robot.lookup("#classes .number").nth(0).queryAs(Label.class);
        assertEquals("12.5 %", share.getText());
        assertTrue(share.getWidth() >= share.prefWidth(-1), share.getWidth() + " px");
    }

    @Test
    void opacityIsDraggedTypedAndSetBackByDoubleClick() throws Exception {
        openFiles(image("one.png", 1));
        Slider slider = find("#opacity");
        robot.drag(robot.lookup("#opacity .thumb").queryAs(Node.class)).moveBy(60, 0);
        assertTrue(slider.getValue() > 0.6, "acts while dragging");
        robot.drop();
        TextField field = find("#opacity-field");
        robot.doubleClickOn(field).write("25").type(KeyCode.ENTER);
        assertEquals(0.25, slider.getValue(), 1e-9);
        robot.doubleClickOn("#opacity");
        assertEquals(0.5, slider.getValue(), 1e-9);
    }

    @Test
    void hidesSolosAndRecoloursClassesWithoutRunningAgain() throws Exception {
        Path image = image("one.png", 1);
        Raster raster = ImageFile.load(image);
        openFiles(image);

        robot.clickOn("#eye-1");
        rest();
        assertEquals(raster.argb(30, 60), pixel(30, 60), "class 1 is hidden");
        assertPixel(raster, 10, 60, 128);

        robot.clickOn("#solo-2");
        rest();
        assertEquals(1, find("#colour-2").getOpacity());
        assertTrue(find("#colour-1").getOpacity() < 0.5, "the others are dimmed");
        rest();
        assertEquals(raster.argb(10, 60), pixel(10, 60), "only class 2 is shown");
        assertPixel(raster, 50, 60, 128);

        robot.clickOn("#inference-showAll");
        rest();
        assertPixel(raster, 30, 60, 128);

        ColorPicker picker = find("#colour-1");
        onUi(() -> {
            picker.setValue(Color.rgb(0, 255, 0));
            picker.fireEvent(new ActionEvent());
            return true;
        });
        rest();
        assertEquals(blend(raster.argb(30, 60), 0x00FF00, 128), pixel(30, 60));
        assertEquals(1, segmentation.runs());
    }

    @Test
    void unsurePixelsBecomeUnlabelled() throws Exception {
        Path image = image("one.png", 1);
        Raster raster = ImageFile.load(image);
        openFiles(image);
        Slider slider = find("#confidence");
        onUi(() -> {
            slider.setValue(0.6);
            return true;
        });
        rest();
        // The confidence of row y is 55 + 200 y / 120: row 30 has 105, row 100 has 221; 0.6 asks for 153.
        assertEquals(raster.argb(20, 30), pixel(20, 30));
        assertPixel(raster, 20, 100, 128);
        // Rows from 59 on are sure enough: 55 + 200 * 59 / 120 = 153.
        assertEquals("6.4 %", share("#eye-0")); // 12.5 % * 61 / 120
    }

    @Test
    void hoverNamesClassAndProbability() throws Exception {
        openFiles(image("one.png", 1));
        moveTo(30, 60);
        assertEquals("x 30  y 60", text("#hover-place"));
        assertEquals("pavement", text("#hover-class"));
        assertEquals("61 %", text("#hover-probability")); // (55 + 200 * 60 / 120) / 255
    }

    @Test
    void wheelZoomsAndTheMinimapComesAndGoes() throws Exception {
        openFiles(image("one.png", 1));
        moveTo(80, 60);
        String before = text("#zoom");
        robot.scroll(12, VerticalDirection.UP);
        rest();
        assertNotEquals(before, text("#zoom"));
        assertTrue(robot.lookup(".minimap").query().isVisible());
        robot.type(KeyCode.DIGIT0);
        rest();
        assertEquals(before, text("#zoom"));
        assertFalse(robot.lookup(".minimap").query().isVisible());
    }

    @Test
    void theMinimapMovesTheViewToWhereItIsPressed() throws Exception {
        openFiles(image("one.png", 1));
        moveTo(80, 60);
        robot.scroll(12, VerticalDirection.UP);
        rest();
        Node map = robot.lookup(".minimap").query();
        Bounds bounds = onUi(() -> map.localToScreen(map.getBoundsInLocal()));
        // a quarter from the left and from the top: 40 of 160, 30 of 120 pixels
        robot.moveTo(new Point2D(bounds.getMinX() + bounds.getWidth() / 4, bounds.getMinY() + bounds.getHeight() / 4));
        robot.press(MouseButton.PRIMARY).release(MouseButton.PRIMARY);
        rest();
        var view = canvas().viewport();
        assertEquals(40, view.transform().toImageX(view.width() / 2.0), 1);
        assertEquals(30, view.transform().toImageY(view.height() / 2.0), 1);
    }

    @Test
    void tabHeldShowsTheBareImage() throws Exception {
        Path image = image("one.png", 1);
        Raster raster = ImageFile.load(image);
        openFiles(image);
        onUi(() -> {
            canvas().requestFocus();
            return true;
        });
        robot.press(KeyCode.TAB);
        rest();
        assertEquals(raster.argb(20, 30), pixel(20, 30));
        robot.release(KeyCode.TAB);
        rest();
        assertPixel(raster, 20, 30, 128);
    }

    @Test
    void theMapAloneIsShownWhileTheBackQuoteIsHeld() throws Exception {
        openFiles(image("one.png", 1));
        ui(() -> canvas().requestFocus());
        robot.press(KeyCode.BACK_QUOTE);
        rest();
        assertEquals(0xFF000000 | FakeSegmentation.PALETTE.rgb(1), pixel(30, 60));
        robot.release(KeyCode.BACK_QUOTE);
    }
}
