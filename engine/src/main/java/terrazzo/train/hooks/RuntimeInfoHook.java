package terrazzo.train.hooks;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.train.optim.Optimizer;
import terrazzo.train.optim.ParamGroup;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

/// Puts into the message hub what others read there: counters, learning rate, losses, metrics.
final class RuntimeInfoHook implements Hook {

    @Override
    public int priority() {
        return Priority.VERY_HIGH;
    }

    @Override
    public void beforeTrain(Runner runner) {
        runner.messages().fact("cfg", PickleValue.of(runner.parts().config().toPython()));
        runner.messages().fact("seed", PickleValue.of(runner.parts().seed()));
        runner.messages().fact("epoch", PickleValue.of(runner.epoch()));
        runner.messages().fact("iter", PickleValue.of(runner.iter()));
        runner.messages().fact("max_iters", PickleValue.of(runner.maxIters()));
        runner.messages()
                .fact(
                        "max_epochs",
                        PickleValue.of(
                                runner.itersPerEpoch().isPresent()
                                        ? runner.maxIters()
                                                / runner.itersPerEpoch().getAsInt()
                                        : 1));
    }

    @Override
    public void beforeTrainEpoch(Runner runner) {
        runner.messages().fact("epoch", PickleValue.of(runner.epoch()));
    }

    @Override
    public void beforeTrainIter(Runner runner) {
        runner.messages().fact("iter", PickleValue.of(runner.iter()));
        Optimizer optimizer = runner.parts().optimizer();
        double lr = optimizer.groups().getFirst().lr();
        runner.messages()
                .scalar("train/base_lr", optimizer.base().map(ParamGroup::lr).orElse(lr));
        runner.messages().scalar("train/lr", lr);
    }

    @Override
    public void afterTrainIter(Runner runner, Map<String, Double> losses) {
        losses.forEach((name, value) -> runner.messages().scalar("train/" + name, value));
    }

    @Override
    public void afterVal(Runner runner, Map<String, Double> metrics) {
        metrics.forEach((name, value) -> runner.messages().scalar("val/" + name, value));
    }
}
