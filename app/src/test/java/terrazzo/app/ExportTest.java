package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.scene.control.ColorPicker;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.app.notice.Notice;
import terrazzo.app.segment.FakeSegmentation;
import terrazzo.core.image.LabelMap;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;
import terrazzo.inference.video.VideoSource;

/// What is seen, written to files.
class ExportTest extends StudioFixture {

    @Test
    void exportsOverlayAndMaskOfWhatIsSeen() throws Exception {
        Path image = image("one.png", 1);
        openFiles(image);
        Path mask = folder.resolve("mask.png");
        dialogs.target = Optional.of(mask);
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E).release(KeyCode.E, KeyCode.SHIFT, KeyCode.CONTROL);
        settle();
        LabelMap written = LabelMapFile.load(mask);
        assertEquals(FakeSegmentation.label(100, 160), written.at(100, 50));
        Path overlay = folder.resolve("overlay.png");
        dialogs.target = Optional.of(overlay);
        robot.press(KeyCode.CONTROL, KeyCode.E).release(KeyCode.E, KeyCode.CONTROL);
        settle();
        assertNotEquals(
                ImageFile.load(image).argb(100, 50), ImageFile.load(overlay).argb(100, 50));
    }

    @Test
    void exportsTheSharesOfTheClasses() throws Exception {
        openFiles(image("one.png", 1));
        Path table = folder.resolve("one.csv");
        dialogs.target = Optional.of(table);
        choose("Export shares of classes (CSV)…");
        settle();
        List<String> lines = Files.readAllLines(table);
        assertEquals("index,class,pixels,percent", lines.getFirst());
        long pixels = lines.stream()
                .skip(1)
                .mapToLong(line -> Long.parseLong(line.split(",", -1)[2]))
                .sum();
        assertEquals(IMAGE.area(), pixels);
    }

    @Test
    void aSavedPaletteBringsColoursAndNamesBack() throws Exception {
        assertTrue(robot.lookup("#inference-savePalette").query().isDisabled(), "there are no classes yet");
        openFiles(image("one.png", 1));
        Steps hands = new Steps(studio);
        ui(() -> hands.perform("#colour-2=#123456"));
        robot.doubleClickOn("pavement");
        robot.write("sidewalk").type(KeyCode.ENTER);
        Path file = folder.resolve("mine.json");
        dialogs.target = Optional.of(file);
        robot.clickOn("#inference-savePalette");
        settle();
        assertEquals("Saved", lastNotice().title());
        restart();
        openFiles(folder.resolve("one.png"));
        dialogs.open = List.of(file);
        robot.clickOn("#inference-loadPalette");
        settle();
        assertTrue(robot.lookup("sidewalk").tryQuery().isPresent());
        assertEquals(
                Color.web("#123456"),
                robot.lookup("#colour-2").queryAs(ColorPicker.class).getValue());
    }

    @Test
    void exportsMasksAndOverlaysOfAFolder() throws Exception {
        openFiles(image("a.png", 1), image("b.png", 2));
        Path target = Files.createDirectories(folder.resolve("out"));
        dialogs.target = Optional.of(target);
        choose("Export masks and overlays of the folder…");
        settle();
        assertEquals(List.of("a_mask.png", "a_overlay.png", "b_mask.png", "b_overlay.png"), names(target));
        assertEquals("2 images exported", lastNotice().title());
        assertEquals(
                FakeSegmentation.label(70, 160),
                LabelMapFile.load(target.resolve("b_mask.png")).at(70, 5));
    }

    @Test
    void aCancelledExportLeavesNothing() throws Exception {
        openFiles(image("a.png", 1), image("b.png", 2), image("c.png", 3));
        Path target = Files.createDirectories(folder.resolve("out"));
        dialogs.target = Optional.of(target);
        segmentation.takeMillis(400);
        choose("Export masks and overlays of the folder…");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> names(target).contains("a_overlay.png"));
        cancelTask();
        settle();
        assertEquals(List.of(), names(target));
    }

    @Test
    void exportsAVideo() throws Exception {
        openFiles(video());
        Path target = folder.resolve("overlay.mp4");
        dialogs.target = Optional.of(target);
        choose("Export video with overlay…");
        settle();
        assertEquals("Saved", lastNotice().title());
        try (VideoSource written = VideoSource.open(target)) {
            assertEquals(VIDEO_FRAMES, written.format().frames());
            assertEquals(IMAGE, written.format().size());
        }
    }

    @Test
    void aCancelledVideoLeavesNothing() throws Exception {
        openFiles(video());
        Path films = Files.createDirectories(folder.resolve("films"));
        Path target = films.resolve("overlay.mp4");
        dialogs.target = Optional.of(target);
        segmentation.takeMillis(300);
        choose("Export video with overlay…");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !names(films).isEmpty());
        cancelTask();
        settle();
        assertEquals(List.of(), names(films));
    }

    @Test
    void aTargetThatCantBeWrittenIsTold() throws Exception {
        openFiles(image("a.png", 1), image("b.png", 2));
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        dialogs.target = Optional.of(file.resolve("mask.png"));
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
        settle();
        assertEquals(Notice.Kind.FAILURE, lastNotice().kind());
        assertTrue(lastNotice().text().contains("mask.png"), lastNotice().text());
        assertFalse(lastNotice().text().contains("Exception"), lastNotice().text());
        dialogs.target = Optional.of(file);
        choose("Export masks and overlays of the folder…");
        settle();
        assertEquals(Notice.Kind.FAILURE, lastNotice().kind());
    }

    @Test
    void aReadOnlyFolderIsTold() throws Exception {
        openFiles(image("a.png", 1));
        Path target = Files.createDirectories(folder.resolve("locked"));
        Assumptions.assumeTrue(
                target.toFile().setWritable(false) && !Files.isWritable(target), "skipped: may write everywhere");
        dialogs.target = Optional.of(target.resolve("mask.png"));
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
        settle();
        assertEquals(Notice.Kind.FAILURE, lastNotice().kind());
        assertEquals(List.of(), names(target));
    }

    /// Through the list that the status bar shows, by keyboard: the headless robot's pointer stays with a menu that
    /// was open before.
    private void cancelTask() throws TimeoutException {
        ui(() -> studio.scene().lookup("#tasks").requestFocus());
        press(KeyCode.ENTER);
        WaitForAsyncUtils.waitFor(
                10,
                TimeUnit.SECONDS,
                () -> robot.lookup(".task-cancel").tryQuery().isPresent());
        ui(() -> robot.lookup(".task-cancel").queryButton().fire());
    }

    private Notice lastNotice() {
        return onUi(() -> studio.services().notices().shown().getLast());
    }

    /// Chooses from the export menu.
    private void choose(String item) {
        robot.clickOn("#export-menu").clickOn(item);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
