package terrazzo.train.hooks;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.data.sample.SegDataSample;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

/// Measures how long iterations take and how long they wait for data, in seconds.
final class IterTimerHook implements Hook {

    private static final int WINDOW = 10;

    private long nanos;
    private long startIter;
    private long startNanos;

    @Override
    public void beforeTrain(Runner runner) {
        startIter = runner.iter();
        startNanos = System.nanoTime();
        nanos = startNanos;
    }

    @Override
    public void beforeTrainEpoch(Runner runner) {
        nanos = System.nanoTime();
    }

    @Override
    public void beforeTrainIter(Runner runner) {
        runner.messages().scalar("train/data_time", seconds());
    }

    @Override
    public void afterTrainIter(Runner runner, Map<String, Double> losses) {
        runner.messages().scalar("train/time", seconds());
        nanos = System.nanoTime();
        long done = runner.iter() + 1 - startIter;
        if (done % WINDOW == 0) {
            double each = (nanos - startNanos) / 1e9 / done;
            runner.messages().fact("eta", PickleValue.of(each * (runner.maxIters() - runner.iter() - 1)));
        }
    }

    @Override
    public void beforeVal(Runner runner) {
        nanos = System.nanoTime();
    }

    @Override
    public void afterValIter(Runner runner, int index, SegDataSample sample) {
        runner.messages().scalar("val/time", seconds());
        nanos = System.nanoTime();
    }

    @Override
    public void afterVal(Runner runner, Map<String, Double> metrics) {
        nanos = System.nanoTime();
    }

    private double seconds() {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
