package terrazzo.train.hooks;

import java.util.Map;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;
import terrazzo.train.schedule.ParamScheduler;

/// Steps the schedules: after each iteration those by iteration, after each round those by epoch.
final class ParamSchedulerHook implements Hook {

    @Override
    public int priority() {
        return Priority.LOW;
    }

    @Override
    public void afterTrainIter(Runner runner, Map<String, Double> losses) {
        runner.parts().schedulers().stream().filter(s -> !s.byEpoch()).forEach(ParamScheduler::step);
    }

    @Override
    public void afterTrainEpoch(Runner runner) {
        runner.parts().schedulers().stream().filter(ParamScheduler::byEpoch).forEach(ParamScheduler::step);
    }
}
