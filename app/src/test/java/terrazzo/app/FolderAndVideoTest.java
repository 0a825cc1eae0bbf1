package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;

/// Many images and frames.
class FolderAndVideoTest extends StudioFixture {

    @Test
    void theChosenImageStaysInSightInANarrowerWindow() throws Exception {
        Path[] many = new Path[40];
        for (int i = 0; i < many.length; i++) {
            many[i] = image("i" + i + ".png", i);
        }
        ui(() -> stage.setWidth(1600));
        openFiles(many);
        ui(() -> ((ListView<?>) find("#filmstrip")).getSelectionModel().select(20));
        settle();
        ui(() -> stage.setWidth(700));
        rest();
        Node strip = find("#filmstrip");
        Node name = robot.from(strip).lookup("i20.png").query();
        double x = name.localToScene(name.getBoundsInLocal()).getCenterX();
        assertTrue(
                strip.localToScene(strip.getBoundsInLocal())
                        .contains(x, strip.localToScene(0, 9).getY()),
                x + " px");
    }

    @Test
    void theLastOfQuickStepsIsShownThoughOneBeforeTakesLonger() throws Exception {
        Path slow = folder.resolve("b.png");
        Size size = new Size(3000, 3000);
        byte[] noise = new byte[Math.toIntExact(size.area() * 3)];
        new Random(1).nextBytes(noise);
        ImageFile.save(slow, new Raster(size, noise));
        openFiles(image("a.png", 1), slow, image("c.png", 2));
        assertEquals("1 / 3", text("#picture-position"));
        ui(() -> {
            studio.perform("inference.next");
            studio.perform("inference.next");
        });
        settle();
        assertEquals("c.png", text("#picture-name"));
        assertEquals("3 / 3", text("#picture-position"));
    }

    @Test
    void filmstripStepsThroughAFolder() throws Exception {
        Path images = Files.createDirectories(folder.resolve("strip"));
        for (int i = 0; i < 5; i++) {
            ImageFile.save(images.resolve("image" + i + ".png"), noise(i));
        }
        openFiles(images);
        assertEquals("image0.png", text("#picture-name"));
        ListView<?> strip = find("#filmstrip");
        assertTrue(strip.isVisible());
        robot.type(KeyCode.CLOSE_BRACKET);
        settle();
        assertEquals("image1.png", text("#picture-name"));
        robot.clickOn("image3.png");
        settle();
        assertEquals("image3.png", text("#picture-name"));
        assertEquals(3, strip.getSelectionModel().getSelectedIndex());
    }

    @Test
    void theSharesOnScreenFollowInAWindowThatBecameSmaller() throws Exception {
        openFiles(image("one.png", 1));
        for (double height : new double[] {600, 760, 600}) {
            ui(() -> stage.setHeight(height));
            rest();
            for (double least : new double[] {0.3, 0.6, 0}) {
                ui(() -> this.<Slider>find("#confidence").setValue(least));
                rest();
                for (Node label : robot.lookup(".class-list .number").queryAll()) {
                    assertEquals(((Label) label).getText(), ((Text) label.lookup(".text")).getText(), "painted");
                }
            }
        }
    }

    @Test
    void aVideoIsSettledOnceTheModelHasRunOnItsFrame() throws Exception {
        segmentation.takeMillis(600);
        openFiles(video());
        assertNotEquals("", share("#eye-0"));
    }

    @Test
    void theFirstImageIsMarkedAlsoWhereTheFirstOfOthersWas() throws Exception {
        openFiles(image("one.png", 1));
        openFiles(image("two.png", 2), image("three.png", 3));
        assertEquals(0, this.<ListView<?>>find("#filmstrip").getSelectionModel().getSelectedIndex());
    }

    @Test
    void playsStepsAndScrubsAVideo() throws Exception {
        openFiles(video());
        Slider position = find("#video-position");
        assertEquals("0:00 / 0:02", text("#video-time"));
        robot.type(KeyCode.RIGHT);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> position.getValue() == 1);
        onUi(() -> {
            position.setValue(15);
            return true;
        });
        rest();
        WaitForAsyncUtils.waitFor(
                10, TimeUnit.SECONDS, () -> text("#video-time").startsWith("0:01"));
        robot.type(KeyCode.SPACE);
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> position.getValue() >= VIDEO_FRAMES - 2);
        assertTrue(segmentation.runs() > 2, "frames are run while it plays");
    }
}
