package terrazzo.train.schedule;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;

/// Goes in a straight line from one share of the value to another.
///
/// @param startFactor share at the start, 0 to 1
/// @param endFactor share at the end, 0 to 1
/// @param totalIters steps until the end is reached
record LinearParamScheduler(double startFactor, double endFactor, int totalIters) implements SchedulePolicy {

    static LinearParamScheduler read(ConfigNode c, Window window) {
        return new LinearParamScheduler(
                share(c, "start_factor", 1.0 / 3), share(c, "end_factor", 1), window.length() - 1);
    }

    @Override
    public double next(Change change) {
        if (change.step() == 0) {
            return change.value() * startFactor;
        }
        double rise = endFactor - startFactor;
        return change.value() * (1 + rise / (totalIters * startFactor + (change.step() - 1) * rise));
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State()
                .with("start_factor", startFactor)
                .with("end_factor", endFactor)
                .with("total_iters", totalIters)
                .toMap();
    }

    /// A number from 0 to 1.
    static double share(ConfigNode c, String key, double otherwise) {
        double share = c.number(key, otherwise);
        if (!(share >= 0 && share <= 1)) {
            throw c.error(key, "a number from 0 to 1", Double.toString(share), "");
        }
        return share;
    }
}
