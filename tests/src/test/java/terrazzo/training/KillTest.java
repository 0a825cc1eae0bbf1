package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.checkpoint.Checkpoint;

/// A run in a process of its own is killed at random moments, every other time while it writes a checkpoint, and goes
/// on:
/// its losses are those of an unbroken run, bit for bit, and no file is ever torn. `-Dkills=20` kills more often than
/// four
/// times.
@Tag("slow")
final class KillTest {

    private static final long SEED = 4;
    private static final int ITERS = 70; // each kill is survived by some

    @TempDir
    private Path temporary;

    @Test
    void killedRunsGoOnAsIfNothingHadHappened() throws IOException, InterruptedException {
        SmallTraining small = SmallTraining.in(temporary);
        Path config = temporary.resolve("config.py");
        Files.writeString(
                config,
                small.config(List.of(
                                "default_hooks.checkpoint.interval=1",
                                "default_hooks.checkpoint.max_keep_ckpts=2",
                                "train_cfg.max_iters=" + ITERS,
                                "train_cfg.val_interval=1000"))
                        .toPython());
        Path whole = temporary.resolve("whole");
        assertEquals(0, start(config, whole).waitFor());
        Map<Integer, List<Double>> expected = SmallTraining.losses(whole);
        assertEquals(ITERS, expected.size());

        Path broken = temporary.resolve("broken");
        int kills = Integer.getInteger("kills", 4);
        Random random = new Random(SEED);
        int halfWritten = 0;
        for (int kill = 0; kill < kills; kill++) {
            if (kill % 2 == 0) {
                killSomewhere(config, broken, random);
            } else {
                killWhileWriting(config, broken, random);
                halfWritten += unfinished(broken).size();
            }
            requireWholeFiles(broken);
        }
        assertTrue(halfWritten > 0, "no kill met a checkpoint that was being written");
        assertEquals(0, start(config, broken).waitFor());
        Map<Integer, List<Double>> got = SmallTraining.losses(broken);
        assertEquals(expected.keySet(), got.keySet());
        assertEquals(List.of(), unfinished(broken));
        // What was done after the last checkpoint is done again, with the same result.
        expected.forEach((iter, losses) -> got.getOrDefault(iter, List.of())
                .forEach(loss -> assertEquals(losses.getFirst(), loss, "iteration " + iter)));
    }

    /// Kills within three iterations after the first one of this start, or as soon as the run has ended.
    private static void killSomewhere(Path config, Path workDir, Random random)
            throws IOException, InterruptedException {
        Process process = startUntilRows(config, workDir, 1);
        process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }

    /// Kills at the sight of a checkpoint's temporary file, after one to three iterations.
    private static void killWhileWriting(Path config, Path workDir, Random random)
            throws IOException, InterruptedException {
        Process process = startUntilRows(config, workDir, 1 + random.nextInt(3));
        while (process.isAlive() && unfinished(workDir).isEmpty()) {
            Thread.onSpinWait(); // a small checkpoint is written in milliseconds
        }
        process.destroyForcibly().waitFor();
    }

    private static Process startUntilRows(Path config, Path workDir, int more)
            throws IOException, InterruptedException {
        int before = rows(workDir);
        Process process = start(config, workDir);
        while (process.isAlive() && rows(workDir) < before + more) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return process;
    }

    /// Checkpoints that are being written, or were when the process died.
    private static List<String> unfinished(Path workDir) {
        String[] names = workDir.toFile().list((_, name) -> name.startsWith(".iter_") && name.endsWith(".tmp"));
        return names == null ? List.of() : List.of(names);
    }

    private static void requireWholeFiles(Path workDir) throws IOException {
        try (Stream<Path> files = Files.list(workDir)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pth")).toList()) {
                assertTrue(Checkpoint.load(file).stateDict().size() > 0, file.toString());
            }
        }
    }

    private static int rows(Path workDir) throws IOException {
        return Files.isDirectory(workDir) ? SmallTraining.rows(workDir).size() : 0;
    }

    private static Process start(Path config, Path workDir) throws IOException {
        return OwnJvm.training(config, workDir, List.of(), "--resume")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
