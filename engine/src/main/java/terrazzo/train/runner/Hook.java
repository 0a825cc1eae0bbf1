package terrazzo.train.runner;

import java.util.Map;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.PickleValue;
import terrazzo.data.sample.SegDataSample;

/// Is told how a training goes, on the thread that trains; every method does nothing unless overridden. Hooks of
/// higher [#priority()] are told first.
public interface Hook {

    /// 0 is told first, 100 last; mmengine's names stand for 0, 10, 30, 40, 50 (`NORMAL`), 60, 70, 90 and 100.
    default int priority() {
        return 50;
    }

    /// Before the first iteration; a checkpoint to resume from is loaded already.
    default void beforeTrain(Runner runner) {}

    /// After the last iteration, also when the run was stopped.
    default void afterTrain(Runner runner) {}

    /// Before each round through the data; once in loops that count iterations.
    default void beforeTrainEpoch(Runner runner) {}

    /// After each round; [Runner#epoch()] is still that round's.
    default void afterTrainEpoch(Runner runner) {}

    /// When a batch is there; [Runner#iter()] counts the iterations before it.
    default void beforeTrainIter(Runner runner) {}

    /// When weights have moved; [Runner#iter()] is still that iteration's.
    ///
    /// @param losses `loss`, then losses and accuracies by name
    default void afterTrainIter(Runner runner, Map<String, Double> losses) {}

    default void beforeVal(Runner runner) {}

    /// When an image of the validation set was predicted.
    ///
    /// @param index of the image, from 0
    default void afterValIter(Runner runner, int index, SegDataSample sample) {}

    /// After validation; [Runner#iter()] and [Runner#epoch()] count what is done by now.
    ///
    /// @param metrics figures in percent, and `loss…` where known
    default void afterVal(Runner runner, Map<String, Double> metrics) {}

    /// May add to a checkpoint before it is written.
    default void beforeSaveCheckpoint(Runner runner, PickleValue.Dict checkpoint) {}

    /// May take from a checkpoint that the run resumes from.
    default void afterLoadCheckpoint(Runner runner, Checkpoint checkpoint) {}
}
