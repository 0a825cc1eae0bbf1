package terrazzo.train.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.Config;
import terrazzo.core.Cancellation;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.TrainException;
import terrazzo.data.loading.DataLoader;
import terrazzo.data.loading.InputBatch;
import terrazzo.data.loading.SegDataPreProcessor;
import terrazzo.runtime.TorchRuntime;
import terrazzo.train.model.TrainableModel;
import terrazzo.train.optim.OptimWrapper;
import terrazzo.train.optim.Optimizer;
import terrazzo.train.schedule.ParamScheduler;

/// One training run. Owns what changes from iteration to iteration; loops call [#step()], hooks read and act. Used by
/// the thread that trains.
public final class Runner {

    /// What a run is made of; everything is closed by whoever opened it.
    ///
    /// @param config the whole config
    /// @param folder where files go
    /// @param seed of all chance
    /// @param model the network
    /// @param wrapper how steps are taken
    /// @param optimizer what moves the weights
    /// @param schedulers what moves the settings of the optimizer
    /// @param loader training data
    /// @param preprocessor from samples to batches
    /// @param loop how long, and when to validate
    /// @param validation how well; absent without validation data
    /// @param hooks in any order
    public record Parts(
            Config config,
            RunFolder folder,
            long seed,
            TrainableModel model,
            OptimWrapper wrapper,
            Optimizer optimizer,
            List<ParamScheduler> schedulers,
            DataLoader loader,
            SegDataPreProcessor preprocessor,
            LoopSettings loop,
            Optional<ValLoop> validation,
            List<Hook> hooks) {}

    private static final String VALIDATED = "validated_iter";

    private final Parts parts;
    private final List<Hook> hooks;
    private final MessageHub messages = new MessageHub();
    private final CheckpointFile checkpoints;
    private final RunWatch watch;
    private final Cancellation cancellation;
    private long iter;
    private long epoch;
    private long innerIter;
    private @Nullable BatchSource batches;
    private @Nullable InputBatch batch;
    private @Nullable String stopReason;
    private @Nullable Path lastCheckpoint;

    /// @param listener hears the run's status, at most once a second and at each change of state
    /// @param cancellation a request to write a checkpoint and stop
    public Runner(Parts parts, Consumer<RunStatus> listener, Cancellation cancellation) {
        this.parts = parts;
        this.hooks = parts.hooks.stream()
                .sorted(Comparator.comparingInt(Hook::priority))
                .toList();
        this.cancellation = cancellation;
        this.checkpoints = new CheckpointFile(this);
        this.watch = new RunWatch(this, listener);
    }

    /// Goes on where another run stopped.
    ///
    /// @throws terrazzo.core.error.CheckpointException when the file is damaged or of another model
    public void resume(Path file) throws IOException {
        Checkpoint checkpoint = Checkpoint.load(file);
        checkpoints.resume(checkpoint);
        hooks.forEach(h -> h.afterLoadCheckpoint(this, checkpoint));
        lastCheckpoint = file;
        log("resumed from " + file + " at iteration " + iter);
    }

    /// Takes over weights alone; what doesn't fit is logged and starts at random.
    public void loadFrom(Path file) throws IOException {
        checkpoints.loadWeights(Checkpoint.load(file)).forEach(this::log);
        log("weights from " + file);
    }

    /// Trains to the end, or until someone asks to stop.
    ///
    /// @throws TrainException when the loss or a gradient is no number any more
    public void run() {
        try (BatchSource source = new BatchSource(parts.loader, parts.preprocessor, iter)) {
            batches = source;
            watch.state(RunStatus.State.TRAINING, "");
            hooks.forEach(h -> h.beforeTrain(this));
            validateAgain();
            switch (parts.loop) {
                case LoopSettings.ByIter byIter -> runIters(byIter);
                case LoopSettings.ByEpoch byEpoch -> runEpochs(byEpoch);
            }
            hooks.forEach(h -> h.afterTrain(this));
            watch.state(
                    stopReason == null ? RunStatus.State.FINISHED : RunStatus.State.STOPPED,
                    stopReason == null ? "" : stopReason);
        } catch (RuntimeException | Error e) {
            watch.state(RunStatus.State.FAILED, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void runIters(LoopSettings.ByIter loop) {
        hooks.forEach(h -> h.beforeTrainEpoch(this));
        while (iter < loop.maxIters() && stopReason == null) {
            step();
            iter++;
            innerIter++;
            if (loop.validatesAfter(iter)) {
                validate();
            }
            stopIfAsked();
        }
        hooks.forEach(h -> h.afterTrainEpoch(this));
    }

    private void runEpochs(LoopSettings.ByEpoch loop) {
        int perEpoch = parts.loader.batchesPerEpoch();
        innerIter = iter % perEpoch;
        while (epoch < loop.maxEpochs() && stopReason == null) {
            hooks.forEach(h -> h.beforeTrainEpoch(this));
            while (innerIter < perEpoch && stopReason == null) {
                step();
                iter++;
                innerIter++;
                stopIfAsked();
            }
            if (innerIter < perEpoch) {
                return;
            }
            hooks.forEach(h -> h.afterTrainEpoch(this));
            epoch++;
            innerIter = 0;
            if (loop.validatesAfter(epoch)) {
                validate();
            }
        }
    }

    private void step() {
        if (batches == null) {
            throw new IllegalStateException("no batches outside of run()");
        }
        InputBatch current = batches.next();
        batch = current;
        hooks.forEach(h -> h.beforeTrainIter(this));
        // A state of its own for each iteration: what is resumed draws what an unbroken run draws.
        TorchRuntime.seed(parts.seed + iter);
        int factor = parts.wrapper.lossFactor(iter, maxIters());
        Map<String, Double> losses = parts.model.forwardBackward(current, 1.0 / factor);
        requireFinite(losses);
        if (parts.wrapper.movesAfter(iter, maxIters())) {
            move();
        }
        hooks.forEach(h -> h.afterTrainIter(this, losses));
        watch.iterated(current.count());
    }

    /// Gradients are looked at first: one that is no number would spoil every weight by clipping, and its own without.
    private void move() {
        List<String> overflowing = parts.optimizer.overflowing();
        if (!overflowing.isEmpty()) {
            int others = overflowing.size() - 1;
            throw broken(
                    "finite gradients",
                    "NaN or infinity in that of " + overflowing.getFirst()
                            + (others == 0 ? "" : " and of " + others + (others == 1 ? " other" : " others")));
        }
        parts.wrapper.clipGrad().ifPresent(clip -> messages.scalar("train/grad_norm", parts.optimizer.clip(clip)));
        parts.optimizer.step();
        parts.optimizer.zeroGrad();
    }

    private void requireFinite(Map<String, Double> losses) {
        losses.forEach((name, value) -> {
            if (!Double.isFinite(value) && name.contains("loss")) {
                throw broken("a finite " + name, Double.toString(value));
            }
        });
    }

    /// The end of a run whose numbers are none any more; the weights are still those of the iteration before.
    private TrainException broken(String expected, String got) {
        return new TrainException(Complaint.at("iteration " + (iter + 1))
                .expected(expected)
                .got(got)
                .advice((lastCheckpoint == null
                                ? "no checkpoint was written yet"
                                : "the last good checkpoint is " + lastCheckpoint)
                        + "; lower the learning rate, clip gradients or check the labels"));
    }

    private void validate() {
        parts.validation.ifPresent(loop -> {
            watch.state(RunStatus.State.VALIDATING, "");
            Map<String, Double> metrics = loop.run(this);
            messages.fact(VALIDATED, PickleValue.of(iter));
            hooks.forEach(h -> h.afterVal(this, metrics));
            watch.state(RunStatus.State.TRAINING, "");
        });
    }

    /// A checkpoint is written before the validation of its iteration; a run that resumes from it makes up for that, or
    /// the best score so far would be lost.
    private void validateAgain() {
        boolean due = switch (parts.loop) {
            case LoopSettings.ByIter byIter -> iter > 0 && byIter.validatesAfter(iter);
            case LoopSettings.ByEpoch byEpoch ->
                epoch > 0 && iter % parts.loader.batchesPerEpoch() == 0 && byEpoch.validatesAfter(epoch);
        };
        if (due && messages.fact(VALIDATED).flatMap(PickleValue::asLong).orElse(0L) != iter) {
            validate();
        }
    }

    private void stopIfAsked() {
        if (iter >= maxIters()) {
            return;
        }
        if (cancellation.isRequested() || watch.isAskedToStop(cancellation)) {
            stop("stopped at iteration " + iter);
            saveForStop();
        }
    }

    /// Writes what the run resumes from; named by iteration, whatever the loop counts.
    private void saveForStop() {
        Path file = parts.folder.workDir().resolve("iter_" + iter + ".pth");
        save(file, CheckpointContent.everything(iter, epoch));
        log("checkpoint of iteration " + iter + " written to " + file);
    }

    /// Lets the run end after this iteration.
    public void stop(String reason) {
        stopReason = reason;
    }

    /// Whether the run ends before its time.
    public boolean isStopping() {
        return stopReason != null;
    }

    /// Writes a checkpoint; with an optimizer in it, it becomes the one to resume from.
    public void save(Path file, CheckpointContent content) {
        try {
            checkpoints.write(file, content);
            if (content.optimizer()) {
                lastCheckpoint = file;
                parts.folder.writeLast(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a line to the run's log, and tells whoever watches.
    public void log(String line) {
        watch.log(line);
    }

    List<Hook> hooks() {
        return hooks;
    }

    public Parts parts() {
        return parts;
    }

    public MessageHub messages() {
        return messages;
    }

    /// Iterations done; within an iteration, those before it.
    public long iter() {
        return iter;
    }

    /// Rounds done; within a round, those before it.
    public long epoch() {
        return epoch;
    }

    /// Iterations done in this round; in a loop by iterations, since the run was started.
    public long innerIter() {
        return innerIter;
    }

    /// Iterations of the whole run.
    public long maxIters() {
        return switch (parts.loop) {
            case LoopSettings.ByIter byIter -> byIter.maxIters();
            case LoopSettings.ByEpoch byEpoch -> (long) byEpoch.maxEpochs() * parts.loader.batchesPerEpoch();
        };
    }

    /// Iterations of a round; empty in a loop by iterations.
    public OptionalInt itersPerEpoch() {
        return switch (parts.loop) {
            case LoopSettings.ByIter _ -> OptionalInt.empty();
            case LoopSettings.ByEpoch _ -> OptionalInt.of(parts.loader.batchesPerEpoch());
        };
    }

    /// The batch of this iteration.
    public InputBatch batch() {
        if (batch == null) {
            throw new IllegalStateException("no batch yet");
        }
        return batch;
    }

    void position(long iters, long epochs) {
        iter = iters;
        epoch = epochs;
    }
}
