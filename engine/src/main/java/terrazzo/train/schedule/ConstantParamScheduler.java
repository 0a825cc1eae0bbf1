package terrazzo.train.schedule;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;

/// A share of the value until the end, then all of it.
///
/// @param factor the share, 0 to 1
/// @param totalIters steps until the whole value is back
record ConstantParamScheduler(double factor, int totalIters) implements SchedulePolicy {

    static ConstantParamScheduler read(ConfigNode c, Window window) {
        return new ConstantParamScheduler(LinearParamScheduler.share(c, "factor", 1.0 / 3), window.length() - 1);
    }

    @Override
    public double next(Change change) {
        if (change.step() == 0) {
            return change.value() * factor;
        }
        return change.step() == totalIters ? change.value() * (1.0 / factor) : change.value();
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State()
                .with("factor", factor)
                .with("total_iters", totalIters)
                .toMap();
    }
}
