package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.PickleValue;
import terrazzo.core.Cancellation;
import terrazzo.core.error.CheckpointException;
import terrazzo.inference.Catalogues;
import terrazzo.train.Observers;
import terrazzo.train.TrainRequest;
import terrazzo.train.TrainRequest.Resume;
import terrazzo.train.Training;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

final class ResumeTest {

    private static final Resume LAST = new Resume(true, Optional.empty());
    private static final String EVERY_TWO = "default_hooks.checkpoint.interval=2";

    private SmallTraining small;

    @BeforeEach
    void prepare(@TempDir Path temporary) throws IOException {
        small = SmallTraining.onOneThread(temporary);
    }

    @Test
    void resumedRunGivesTheLossesOfAnUnbrokenOne() throws IOException {
        String[] options = {EVERY_TWO, "train_cfg.max_iters=7", "train_cfg.val_interval=100"};
        Map<Integer, List<Double>> unbroken = SmallTraining.losses(small.run(Resume.NO, options));
        Path broken = small.folder().resolve("broken");
        stopAfter(5, broken, options);
        small.run(broken, LAST, options);
        Map<Integer, List<Double>> resumed = SmallTraining.losses(broken);
        assertEquals(7, resumed.size());
        assertEquals(unbroken, resumed);
    }

    /// Stops as Ctrl+C does, when iteration `count` was told.
    private void stopAfter(int count, Path workDir, String... options) throws IOException {
        Cancellation cancellation = new Cancellation();
        TrainRequest request =
                new TrainRequest(small.config(List.of(options)), workDir, Resume.NO, Optional.empty(), "cpu");
        Hook stopper = new Hook() {
            @Override
            public void afterTrainIter(Runner runner, Map<String, Double> losses) {
                if (runner.iter() + 1 == count) {
                    cancellation.request();
                }
            }
        };
        Observers observers = new Observers(_ -> {}, cancellation, List.of(stopper));
        try (Training training = Training.open(request, Catalogues.builtIn(), observers)) {
            training.runner().run();
        }
        assertTrue(Files.exists(workDir.resolve("iter_" + count + ".pth")));
    }

    @Test
    void resumesInTheMiddleOfAnEpoch() throws IOException {
        String[] options = {
            "train_cfg={'type':'EpochBasedTrainLoop','max_epochs':2,'val_interval':5,'_delete_':True}",
            "train_dataloader.sampler={'type':'DefaultSampler','shuffle':True,'_delete_':True}",
            "train_dataloader.batch_size=8",
            "log_processor.by_epoch=True"
        };
        Map<Integer, List<Double>> unbroken = SmallTraining.losses(small.run(Resume.NO, options));
        Path broken = small.folder().resolve("broken");
        stopAfter(4, broken, options);
        small.run(broken, LAST, options);
        assertEquals(6, unbroken.size()); // 24 images in batches of 8, twice
        assertEquals(unbroken, SmallTraining.losses(broken));
    }

    @Test
    void averagedWeightsResumeToo() throws IOException {
        String[] options = {
            EVERY_TWO,
            "train_cfg.max_iters=6",
            "train_cfg.val_interval=6",
            "default_hooks.ema={'type':'EMAHook','momentum':0.1}"
        };
        double unbroken = lastMetric(small.run(Resume.NO, options));
        Path broken = small.folder().resolve("broken");
        stopAfter(3, broken, options);
        double resumed = lastMetric(small.run(broken, LAST, options));
        assertEquals(unbroken, resumed, 1e-9);
        assertTrue(Checkpoint.load(broken.resolve("iter_6.pth"))
                .part("ema_state_dict")
                .isPresent());
    }

    private static double lastMetric(Path workDir) throws IOException {
        return SmallTraining.rows(workDir).getLast().get("val/loss").asDouble();
    }

    @Test
    void bestScoreSurvivesResuming() throws IOException {
        String[] options = {
            EVERY_TWO,
            "default_hooks.checkpoint.save_best=mIoU",
            "default_hooks.checkpoint.max_keep_ckpts=1",
            "train_cfg.max_iters=4",
            "train_cfg.val_interval=2"
        };
        small.run(Resume.NO, options);
        double best = bestScore(small.workDir().resolve("iter_4.pth"));
        options[3] = "train_cfg.max_iters=6";
        small.run(small.workDir(), LAST, options);
        assertTrue(bestScore(small.workDir().resolve("iter_6.pth")) >= best);
        try (Stream<Path> files = Files.list(small.workDir())) {
            List<String> kept = files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".pth"))
                    .sorted()
                    .toList();
            assertEquals(2, kept.size(), kept.toString());
            assertTrue(kept.getFirst().startsWith("best_mIoU_iter_"), kept.toString());
            assertEquals("iter_6.pth", kept.getLast());
        }
    }

    private static double bestScore(Path file) throws IOException {
        return Checkpoint.load(file)
                .part("message_hub")
                .flatMap(h -> h.at("runtime_info"))
                .flatMap(i -> i.at("best_score"))
                .flatMap(PickleValue::asDouble)
                .orElseThrow();
    }

    @Test
    void refusesToResumeWithoutOptimizer() throws IOException {
        String[] options = {
            "default_hooks.checkpoint.interval=1",
            "default_hooks.checkpoint.save_optimizer=False",
            "train_cfg.max_iters=1"
        };
        small.run(Resume.NO, options);
        Resume from = new Resume(true, Optional.of(small.workDir().resolve("iter_1.pth")));
        CheckpointException e = assertThrows(CheckpointException.class, () -> small.run(from, options));
        assertEquals(
                "iter_1.pth: expected the state of an optimizer, got none — resume from a checkpoint that"
                        + " CheckpointHook wrote with save_optimizer, or start anew with load_from",
                e.getMessage());
    }
}
