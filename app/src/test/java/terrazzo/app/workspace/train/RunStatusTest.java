package terrazzo.app.workspace.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.app.l10n.Language;
import terrazzo.app.l10n.Texts;
import terrazzo.app.workspace.train.RunStatus.State;
import terrazzo.core.error.Complaint;

final class RunStatusTest {

    private static final long OURS = ProcessHandle.current().pid();
    private static final long NOBODY = 0;

    @TempDir
    private Path folder;

    private static RunStatus read(String state, long pid, String message) throws IOException {
        return RunStatus.read(new ObjectMapper().readTree("""
            {"pid": %d, "state": "%s", "iter": 40, "maxIters": 80, "loss": 0.5, "lr": 0.01,
             "imagesPerSecond": 9.5, "secondsLeft": 60, "message": "%s"}
            """.formatted(pid, state, message)));
    }

    @Test
    void aRunWhoseProcessIsGoneIsLost() throws IOException {
        assertEquals(State.TRAINING, read("training", OURS, "").state());
        assertEquals(State.LOST, read("training", NOBODY, "").state());
        assertEquals(State.FINISHED, read("finished", NOBODY, "").state());
    }

    @Test
    void findsThePartsOfAComplaint() throws IOException {
        Complaint whole = Complaint.at("a/b_14.png")
                .expected("class indices below 8, or 255 to ignore")
                .got("225 at (0, 0)")
                .advice("set classes");
        assertEquals(Optional.of(whole), read("failed", NOBODY, whole.text()).complaint());
        Complaint half = Complaint.at("").expected("a folder").got("nothing");
        assertEquals(Optional.of(half), read("failed", NOBODY, half.text()).complaint());
        assertEquals(Optional.empty(), read("failed", NOBODY, "loss is NaN").complaint());
    }

    @Test
    void saysNoSpeedOfWhatStandsStill() throws IOException {
        Texts texts = new Texts(Language.ENGLISH);
        assertEquals(
                "iteration 40 / 80   ·   loss 0.5000   ·   lr 1.00e-02   ·   9.5 images/s   ·   1 min 0 s left",
                Figures.of(read("training", OURS, ""), texts));
        assertEquals(
                "iteration 40 / 80   ·   loss 0.5000   ·   lr 1.00e-02", Figures.of(read("paused", OURS, ""), texts));
        assertEquals(
                "iteration 40 / 80   ·   loss 0.5000   ·   lr 1.00e-02",
                Figures.of(read("training", NOBODY, ""), texts));
    }

    @Test
    void hearsOnlyOnceItHasAStatus() throws IOException {
        assertTrue(read("paused", OURS, "").canBeTold());
        assertFalse(RunStatus.of(State.CHECKING).canBeTold());
    }

    @Test
    void theLastErrorOfTheProcessIsWhyItFailed() throws IOException {
        RunDir run = new RunDir(folder);
        assertEquals(RunStatus.NONE, run.status());
        Files.writeString(folder.resolve(RunDir.OUTPUT), "work dir: x\nerror: a\nerror: b\n");
        assertEquals(RunStatus.NONE.failed("b"), run.status());
        assertEquals("work dir: x\nerror: a\nerror: b\n", run.console(State.FAILED));
    }

    @Test
    void theConsoleIsTheLogUnlessTheRunEndedBadly() throws IOException {
        RunDir run = new RunDir(folder);
        Path start = Files.createDirectories(folder.resolve("20260102_030405"));
        Files.writeString(start.resolve("20260102_030405.log"), "Iter(train)\n");
        Files.writeString(folder.resolve(RunDir.OUTPUT), "Killed\n");
        assertEquals("Iter(train)\n", run.console(State.TRAINING));
        assertEquals("Iter(train)\nKilled\n", run.console(State.LOST));
    }
}
