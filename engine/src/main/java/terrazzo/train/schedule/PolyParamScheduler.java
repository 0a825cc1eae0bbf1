package terrazzo.train.schedule;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;

/// Falls to a minimum along a power of the rest of the way.
///
/// @param etaMin the value at the end
/// @param power how steeply it falls at the end; 1 is a straight line
/// @param totalIters steps until the end is reached
record PolyParamScheduler(double etaMin, double power, int totalIters) implements SchedulePolicy {

    static PolyParamScheduler read(ConfigNode c, Window window) {
        return new PolyParamScheduler(c.number("eta_min", 0), c.number("power", 1), window.length() - 1);
    }

    @Override
    public double next(Change change) {
        if (change.step() == 0) {
            return change.value();
        }
        double rest = 1 - 1.0 / (totalIters - change.step() + 1);
        return (change.value() - etaMin) * Math.pow(rest, power) + etaMin;
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State()
                .with("eta_min", etaMin)
                .with("power", power)
                .with("total_iters", totalIters)
                .toMap();
    }
}
