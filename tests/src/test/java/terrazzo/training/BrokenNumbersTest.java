package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Cancellation;
import terrazzo.core.error.TrainException;
import terrazzo.graph.Parameter;
import terrazzo.inference.Catalogues;
import terrazzo.train.Observers;
import terrazzo.train.TrainRequest;
import terrazzo.train.TrainRequest.Resume;
import terrazzo.train.Training;
import terrazzo.train.model.TrainableModel;

/// Runs whose numbers are none any more: they stop, say what they resume from, and leave the weights as they were.
final class BrokenNumbersTest {

    private static final String ADVICE = "; lower the learning rate, clip gradients or check the labels";
    /// The loss itself is still a number of 32 bits; its gradients are not.
    private static final String LARGE = "model.decode_head.loss_decode.loss_weight=1e38";

    @TempDir
    private Path temporary;

    private SmallTraining small;

    @BeforeEach
    void prepare() throws IOException {
        small = SmallTraining.in(temporary);
        small.run(
                Resume.NO,
                "train_cfg.max_iters=2",
                "train_cfg.val_interval=100",
                "default_hooks.checkpoint.interval=2");
    }

    private record End(String message, List<String> spoilt) {}

    /// Goes on from iteration 2, with other settings.
    private End end(String... options) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("train_cfg.max_iters=6", "train_cfg.val_interval=100", "default_hooks.checkpoint.interval=10"));
        all.addAll(List.of(options));
        Resume last = new Resume(true, Optional.empty());
        TrainRequest request = new TrainRequest(small.config(all), small.workDir(), last, Optional.empty(), "cpu");
        Observers observers = new Observers(_ -> {}, new Cancellation(), List.of());
        try (Training training = Training.open(request, Catalogues.builtIn(), observers)) {
            TrainException e = assertThrows(TrainException.class, training.runner()::run);
            return new End(
                    String.valueOf(e.getMessage()),
                    spoilt(training.runner().parts().model()));
        }
    }

    private static List<String> spoilt(TrainableModel model) {
        List<String> keys = new ArrayList<>();
        for (Parameter p : model.segmentor().state()) {
            if (p.kind() == Parameter.Kind.LEARNABLE) {
                for (float number : model.tensor(p.key()).toFloats()) {
                    if (!Float.isFinite(number)) {
                        keys.add(p.key());
                        break;
                    }
                }
            }
        }
        return keys;
    }

    private String lastGood() {
        return "the last good checkpoint is " + small.workDir().resolve("iter_2.pth");
    }

    @Test
    void lossThatIsNoNumberStopsTheRun() throws IOException {
        End end = end("model.decode_head.loss_decode.loss_weight=1e39");
        assertEquals("iteration 3: expected a finite loss, got Infinity — " + lastGood() + ADVICE, end.message());
        assertEquals(List.of(), end.spoilt());
    }

    @Test
    void gradientThatIsNoNumberStopsTheRunBeforeItIsUsed() throws IOException {
        End end = end(LARGE);
        assertTrue(
                end.message().startsWith("iteration 3: expected finite gradients, got NaN or infinity in that of "),
                end.message());
        assertTrue(end.message().endsWith(" — " + lastGood() + ADVICE), end.message());
        assertEquals(List.of(), end.spoilt());
    }

    @Test
    void clippingDoesNotHideIt() throws IOException {
        End end = end(LARGE, "optim_wrapper.clip_grad={'max_norm':1.0,'_delete_':True}");
        assertTrue(end.message().startsWith("iteration 3: expected finite gradients"), end.message());
        assertEquals(List.of(), end.spoilt());
    }

    @Test
    void saysSoInTheStatusAndWritesNoCheckpoint() throws IOException {
        end(LARGE);
        assertFalse(Files.exists(small.workDir().resolve("iter_3.pth")));
        assertEquals(
                small.workDir().resolve("iter_2.pth").toString(),
                Files.readString(small.workDir().resolve("last_checkpoint")).strip());
        Map<String, String> states = SmallTraining.states(small.workDir());
        assertTrue(states.containsValue("failed"), states.toString());
    }
}
