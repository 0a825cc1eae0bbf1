package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import terrazzo.app.notice.Notice;

/// What the studio shows first, by what it is started with.
class StartTest extends StudioFixture {

    @Test
    void theNamedWorkspaceStaysInFrontOfFilesThatAnotherOneOpens() throws Exception {
        restart(options(Optional.of("train"), image("one.png", 1)));
        settle();
        assertEquals("train", onUi(() -> studio.currentWorkspace().id()));
        ui(() -> studio.show("inference"));
        settle();
        assertEquals("one.png", text("#picture-name"));
    }

    @Test
    void filesThatNothingCanOpenAreTold() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.docx"), "");
        restart(options(Optional.empty(), notes));
        Notice last = onUi(() -> studio.services().notices().shown().getLast());
        assertEquals("None of these files can be opened", last.title());
        assertEquals(notes.toString(), last.text());
    }

    @Test
    void whereNoneIsNamedItIsTheFirst() throws Exception {
        restart(options(Optional.empty(), image("one.png", 1)));
        settle();
        assertEquals("inference", onUi(() -> studio.currentWorkspace().id()));
        assertEquals("one.png", text("#picture-name"));
    }

    @Test
    void overScenesOfTheProgramAHintSaysHowToOpenOnesOwn() throws Exception {
        Path scenes =
                Files.createDirectories(onUi(() -> studio.services().scratch()).resolve("demo"));
        Path own = image("one.png", 1);
        Path scene = Files.copy(own, scenes.resolve("street_1.png"));
        restart(options(Optional.empty(), scene));
        settle();
        assertTrue(onUi(() -> find("#drop-hint").isVisible()));
        assertEquals("Drop an image, a folder, a video or a checkpoint here", text("#drop-hint"));
        ui(() -> studio.currentWorkspace().open(List.of(own)));
        settle();
        assertFalse(onUi(() -> find("#drop-hint").isVisible()));
    }

    private static StudioOptions options(Optional<String> workspace, Path... files) {
        return new StudioOptions(
                List.of(files),
                workspace,
                new StudioOptions.Look(Optional.empty(), Optional.empty()),
                Optional.empty());
    }
}
