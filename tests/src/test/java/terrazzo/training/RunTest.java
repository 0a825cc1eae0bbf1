package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.AtomicFile;
import terrazzo.core.Cancellation;
import terrazzo.core.Size;
import terrazzo.core.error.TrainException;
import terrazzo.data.images.ImageFile;
import terrazzo.inference.Catalogues;
import terrazzo.train.Observers;
import terrazzo.train.TrainRequest;
import terrazzo.train.TrainRequest.Resume;
import terrazzo.train.Training;
import terrazzo.train.logs.RunLog;
import terrazzo.train.logs.RunReader;
import terrazzo.train.runner.RunStatus;
import terrazzo.train.runner.RunStatus.State;

/// What a run does beside taking steps: hooks, events, wishes of others, other weights to start from.
final class RunTest {

    private SmallTraining small;

    @BeforeEach
    void prepare(@TempDir Path temporary) throws IOException {
        small = SmallTraining.onOneThread(temporary);
    }

    private static String[] iters(int count, int valInterval, String... more) {
        List<String> all =
                new ArrayList<>(List.of("train_cfg.max_iters=" + count, "train_cfg.val_interval=" + valInterval));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Path start(Path workDir) throws IOException {
        try (Stream<Path> files = Files.list(workDir)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    @Test
    void validationWritesRowsOfMetricsAndLosses() throws IOException {
        List<JsonNode> rows = SmallTraining.rows(small.run(Resume.NO, iters(2, 1)));
        List<JsonNode> validations = rows.stream().filter(r -> r.has("mIoU")).toList();
        assertEquals(
                List.of(1, 2),
                validations.stream().map(r -> r.get("step").asInt()).toList());
        for (JsonNode row : validations) {
            double sum = row.get("val/decode.loss_ce").asDouble()
                    + row.get("val/aux.loss_ce").asDouble();
            assertEquals(sum, row.get("val/loss").asDouble(), 1e-5 * sum);
        }
    }

    @Test
    void stopsEarlyWhenTheMetricStands() throws IOException {
        // No progress is as large as 100, so the first validation stays the best and two more are waited for.
        String hook = "default_hooks.early={'type':'EarlyStoppingHook','monitor':'mIoU','min_delta':100,'patience':2}";
        Path workDir = small.run(Resume.NO, iters(9, 1, hook));
        assertEquals(3, SmallTraining.losses(workDir).size());
        assertTrue(SmallTraining.states(workDir).containsValue("stopped"));
    }

    @Test
    void refusesToWatchAMetricThatIsNotThere() {
        String hook = "default_hooks.early={'type':'EarlyStoppingHook','monitor':'mIou'}";
        TrainException e = assertThrows(TrainException.class, () -> small.run(Resume.NO, iters(2, 1, hook)));
        assertEquals(
                "EarlyStoppingHook.monitor: expected a metric of the evaluator, got 'mIou' — did you mean 'mIoU'?",
                e.getMessage());
    }

    @Test
    void drawsValidationImagesThroughTime() throws IOException {
        String hook = "default_hooks.visualization={'type':'SegVisualizationHook','draw':True,'interval':4}";
        Path pictures = start(small.run(Resume.NO, iters(2, 1, hook))).resolve("vis_data/vis_image");
        try (Stream<Path> files = Files.list(pictures)) {
            assertEquals(
                    List.of("scene_000_1.png", "scene_000_2.png", "scene_004_1.png", "scene_004_2.png"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        assertEquals(
                new Size(96, 128),
                ImageFile.load(small.scenes().resolve("img_dir/val/scene_000.png"))
                        .size());
        // truth at the left, prediction at the right
        assertEquals(
                new Size(96, 256),
                ImageFile.load(pictures.resolve("scene_000_1.png")).size());
    }

    @Test
    void writesTheSameFiguresForTensorBoard() throws IOException {
        Path visData = start(small.run(Resume.NO, iters(3, 3))).resolve("vis_data");
        List<Path> events;
        try (Stream<Path> files = Files.list(visData)) {
            events = files.filter(f -> f.getFileName().toString().startsWith("events.out.tfevents."))
                    .toList();
        }
        assertEquals(1, events.size());
        RunLog fromEvents = RunReader.read(events.getFirst());
        RunLog fromRows = RunReader.read(visData.resolve("scalars.json"));
        for (String key : List.of("loss", "lr", "mIoU")) {
            double[] expected = fromRows.series(key).values();
            double[] got = fromEvents.series(key).values();
            assertEquals(expected.length, got.length, key);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], got[i], 1e-6 * Math.abs(expected[i]), key);
            }
        }
    }

    @Test
    void startsFromOtherWeights() throws IOException {
        small.run(Resume.NO, iters(3, 100));
        Path weights = small.workDir().resolve("iter_3.pth");
        Path other = small.run(small.folder().resolve("other"), Resume.NO, iters(1, 100, "load_from=" + weights));
        double fresh = firstLoss(small.workDir());
        double loaded = firstLoss(other); // the same batch, better weights
        assertTrue(loaded < 0.98 * fresh, loaded + " after loading, " + fresh + " before");
    }

    private static double firstLoss(Path workDir) throws IOException {
        return SmallTraining.losses(workDir).values().iterator().next().getFirst();
    }

    @Test
    void addsUpBatchesToALargerOne() throws IOException {
        // Without statistics over a batch, two batches of two are one of four.
        String[] plain = {
            "model.backbone.norm_cfg={'type':'GN','num_groups':4,'_delete_':True}",
            "model.decode_head.norm_cfg={'type':'GN','num_groups':4,'_delete_':True}",
            "model.auxiliary_head.norm_cfg={'type':'GN','num_groups':4,'_delete_':True}",
            "model.decode_head.dropout_ratio=0",
            "train_dataloader.sampler.shuffle=False",
            "train_dataloader.dataset.pipeline.2={'type':'Resize','scale':(64,48),'keep_ratio':False,'_delete_':True}",
            "param_scheduler.0={'type':'ConstantLR','factor':1.0,'by_epoch':False,'_delete_':True}",
            "train_cfg.val_interval=100"
        };
        float[] large = trained(with(plain, "train_dataloader.batch_size=4", "train_cfg.max_iters=2"));
        float[] added = trained(with(
                plain,
                "train_dataloader.batch_size=2",
                "train_cfg.max_iters=4",
                "optim_wrapper.accumulative_counts=2"));
        float[] small2 = trained(with(plain, "train_dataloader.batch_size=2", "train_cfg.max_iters=4"));
        double largest = 0;
        double off = 0;
        double moved = 0;
        for (int i = 0; i < large.length; i++) {
            largest = Math.max(largest, Math.abs(large[i]));
            off = Math.max(off, Math.abs(large[i] - added[i]));
            moved = Math.max(moved, Math.abs(large[i] - small2[i]));
        }
        assertTrue(off <= 2e-3 * largest, "off by " + off + " of " + largest);
        assertTrue(moved > 10 * off, "steps alone differ by " + moved + ", adding up by " + off);
    }

    private static String[] with(String[] options, String... more) {
        return Stream.concat(Arrays.stream(options), Arrays.stream(more)).toArray(String[]::new);
    }

    /// The classifier's weights after a run.
    private float[] trained(String... options) throws IOException {
        Path workDir = small.folder().resolve("run" + Arrays.hashCode(options));
        TrainRequest request =
                new TrainRequest(small.config(List.of(options)), workDir, Resume.NO, Optional.empty(), "cpu");
        try (Training training = Training.open(request, Catalogues.builtIn(), Observers.none())) {
            training.runner().run();
            return training.runner()
                    .parts()
                    .model()
                    .tensor("decode_head.conv_seg.weight")
                    .toFloats();
        }
    }

    @Test
    void pausesGoesOnAndStopsWhenTheControlFileSaysSo() throws IOException {
        List<State> states = new ArrayList<>();
        Path workDir = small.workDir();
        TrainRequest request =
                new TrainRequest(small.config(List.of(iters(500, 1000))), workDir, Resume.NO, Optional.empty(), "cpu");
        Observers observers = new Observers(status -> follow(states, status), new Cancellation(), List.of());
        try (Training training = Training.open(request, Catalogues.builtIn(), observers)) {
            AtomicFile.writeText(training.runner().parts().folder().control(), "pause");
            training.runner().run();
        }
        assertEquals(List.of(State.TRAINING, State.PAUSED, State.TRAINING, State.STOPPED), states);
        assertTrue(Files.exists(workDir.resolve("iter_2.pth")) || Files.exists(workDir.resolve("iter_1.pth")));
        assertTrue(SmallTraining.states(workDir).containsValue("stopped"));
    }

    /// Another program: lets a paused run go on, and stops it once it trains again.
    private void follow(List<State> states, RunStatus status) {
        if (states.isEmpty() || states.getLast() != status.state()) {
            states.add(status.state());
            try {
                Path control = start(small.workDir()).resolve("control");
                if (status.state() == State.PAUSED) {
                    AtomicFile.writeText(control, "run");
                } else if (states.contains(State.PAUSED)) {
                    AtomicFile.writeText(control, "stop");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
