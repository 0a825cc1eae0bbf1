package terrazzo.train.hooks;

import java.util.Map;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.PickleValue;
import terrazzo.data.sample.SegDataSample;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

/// A hook with the priority that its config asks for.
///
/// @param hook what is told
/// @param priority 0 is told first, 100 last
record Moved(Hook hook, int priority) implements Hook {

    @Override
    public void beforeTrain(Runner runner) {
        hook.beforeTrain(runner);
    }

    @Override
    public void afterTrain(Runner runner) {
        hook.afterTrain(runner);
    }

    @Override
    public void beforeTrainEpoch(Runner runner) {
        hook.beforeTrainEpoch(runner);
    }

    @Override
    public void afterTrainEpoch(Runner runner) {
        hook.afterTrainEpoch(runner);
    }

    @Override
    public void beforeTrainIter(Runner runner) {
        hook.beforeTrainIter(runner);
    }

    @Override
    public void afterTrainIter(Runner runner, Map<String, Double> losses) {
        hook.afterTrainIter(runner, losses);
    }

    @Override
    public void beforeVal(Runner runner) {
        hook.beforeVal(runner);
    }

    @Override
    public void afterValIter(Runner runner, int index, SegDataSample sample) {
        hook.afterValIter(runner, index, sample);
    }

    @Override
    public void afterVal(Runner runner, Map<String, Double> metrics) {
        hook.afterVal(runner, metrics);
    }

    @Override
    public void beforeSaveCheckpoint(Runner runner, PickleValue.Dict checkpoint) {
        hook.beforeSaveCheckpoint(runner, checkpoint);
    }

    @Override
    public void afterLoadCheckpoint(Runner runner, Checkpoint checkpoint) {
        hook.afterLoadCheckpoint(runner, checkpoint);
    }
}
