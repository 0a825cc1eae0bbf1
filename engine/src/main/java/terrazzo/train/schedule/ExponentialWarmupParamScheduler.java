package terrazzo.train.schedule;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;

/// Rises from a share of the value to all of it by the same ratio at each step: `warmup='exp'` of 0.x.
///
/// @param startFactor the share, above 0 and up to 1
/// @param totalIters steps until the whole value is reached
record ExponentialWarmupParamScheduler(double startFactor, int totalIters) implements SchedulePolicy {

    static ExponentialWarmupParamScheduler read(ConfigNode c, Window window) {
        double startFactor = LinearParamScheduler.share(c, "start_factor", 0.1);
        if (startFactor == 0) {
            throw c.error("start_factor", "a number above 0", "0", "use LinearLR");
        }
        return new ExponentialWarmupParamScheduler(startFactor, window.length());
    }

    @Override
    public double next(Change change) {
        return change.value() * (change.step() == 0 ? startFactor : Math.pow(startFactor, -1.0 / totalIters));
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State()
                .with("start_factor", startFactor)
                .with("total_iters", totalIters)
                .toMap();
    }
}
