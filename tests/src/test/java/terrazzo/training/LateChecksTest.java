package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Cancellation;
import terrazzo.core.Size;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.datasets.GeneratedPalette;
import terrazzo.data.images.LabelMapFile;
import terrazzo.inference.Catalogues;
import terrazzo.train.Observers;
import terrazzo.train.TrainRequest;
import terrazzo.train.TrainRequest.Resume;
import terrazzo.train.Training;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.RunStatus;
import terrazzo.train.runner.Runner;

/// Files that are not looked at before the start, but while the training runs already.
final class LateChecksTest {

    private static final String CHECKER = "data-check";
    private static final int SCENES = 24;

    private SmallTraining small;

    /// So many files that only every other label map is decoded before the start.
    @BeforeEach
    void prepare(@TempDir Path temporary) throws IOException {
        small = SmallTraining.onOneThread(temporary);
        for (String kind : List.of("img_dir/train", "ann_dir/train")) {
            Path folder = small.scenes().resolve(kind);
            for (int i = 0; i < SCENES; i++) {
                Files.copy(
                        folder.resolve("scene_%03d.png".formatted(i)),
                        folder.resolve("scene_%03d.png".formatted(SCENES + i)));
            }
        }
    }

    /// The last one: the training itself comes to it after 23 others.
    private Path last() {
        return small.scenes().resolve("ann_dir/train/scene_%03d.png".formatted(2 * SCENES - 1));
    }

    private static void spoil(Path label) {
        Size size = LabelMapFile.load(label).size();
        byte[] labels = new byte[Math.toIntExact(size.area())];
        Arrays.fill(labels, size.width() + 3, labels.length, (byte) 225); // from (3, 1) on
        LabelMapFile.save(label, new LabelMap(size, labels), GeneratedPalette.of(256));
    }

    private static String complaint(Path label) {
        return label + ": expected class indices below 8, or 255 to ignore, got 225 at (3, 1) — set classes"
                + " and num_classes to all classes, or map this label with label_map or 255";
    }

    @Test
    void aBadFileThatIsFoundLateEndsTheRunWithItsName() throws IOException {
        spoil(last());
        List<RunStatus> told = new ArrayList<>();
        String complaint = complaint(last());
        try (Training training = open(waiting(), told::add)) {
            DatasetException e = assertThrows(DatasetException.class, training.runner()::run);
            assertEquals(complaint, e.getMessage());
        }
        assertEquals(RunStatus.State.TRAINING, told.getFirst().state(), "the run had begun");
        assertEquals(RunStatus.State.FAILED, told.getLast().state());
        assertEquals(complaint, told.getLast().message());
        assertTrue(SmallTraining.states(small.workDir()).containsValue("failed"));
        assertTrue(SmallTraining.losses(small.workDir()).size() <= 1, "it ends at the next iteration");
    }

    @Test
    void aCheckpointOfTheIterationsBeforeStaysToResumeFrom() throws IOException {
        small.run(Resume.NO, options("train_cfg.max_iters=2", "default_hooks.checkpoint.interval=1"));
        spoil(last());
        Resume fromLast = new Resume(true, Optional.empty());
        try (Training training = Training.open(
                request(fromLast, options("train_cfg.max_iters=5")),
                Catalogues.builtIn(),
                new Observers(_ -> {}, new Cancellation(), List.of(waiting())))) {
            assertThrows(DatasetException.class, training.runner()::run);
        }
        String good = Files.readString(small.workDir().resolve("last_checkpoint"));
        assertTrue(Files.exists(Path.of(good)), good);
        Files.copy(small.scenes().resolve("ann_dir/train/scene_000.png"), last(), StandardCopyOption.REPLACE_EXISTING);
        small.run(fromLast, options("train_cfg.max_iters=5"));
        assertTrue(SmallTraining.losses(small.workDir()).keySet().containsAll(List.of(1, 2, 3, 4, 5)));
    }

    /// A file that changed after it was looked at: the training itself comes to it.
    @Test
    void aLabelThatTheTrainingComesToFirstIsNamedToo() throws IOException {
        Path changed = small.scenes().resolve("ann_dir/train/scene_020.png");
        Hook change = new Hook() {
            @Override
            public void afterTrainIter(Runner runner, Map<String, Double> losses) {
                if (runner.iter() == 0) {
                    waiting().afterTrainIter(runner, losses);
                    spoil(changed);
                }
            }
        };
        try (Training training = open(change, _ -> {})) {
            DatasetException e = assertThrows(DatasetException.class, training.runner()::run);
            assertEquals(complaint(changed), e.getMessage());
        }
    }

    private Training open(Hook hook, Consumer<RunStatus> listener) throws IOException {
        return Training.open(
                request(Resume.NO, options("train_cfg.max_iters=12")),
                Catalogues.builtIn(),
                new Observers(listener, new Cancellation(), List.of(hook)));
    }

    private TrainRequest request(Resume resume, String... options) throws IOException {
        return new TrainRequest(small.config(List.of(options)), small.workDir(), resume, Optional.empty(), "cpu");
    }

    private static String[] options(String... more) {
        List<String> all =
                new ArrayList<>(List.of("train_dataloader.sampler.shuffle=False", "train_cfg.val_interval=1000"));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    /// Lets the training wait after an iteration until all files were looked at, however slow the machine is.
    private static Hook waiting() {
        return new Hook() {
            @Override
            public void afterTrainIter(Runner runner, Map<String, Double> losses) {
                try {
                    for (Thread thread : checkers()) {
                        thread.join(TimeUnit.MINUTES.toMillis(2));
                    }
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private static List<Thread> checkers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals(CHECKER))
                .toList();
    }
}
