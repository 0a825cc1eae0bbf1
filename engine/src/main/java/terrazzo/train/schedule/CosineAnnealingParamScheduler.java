package terrazzo.train.schedule;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;

/// Falls to a minimum along half a cosine, and rises again after it
/// ([paper](https://arxiv.org/abs/1608.03983), without restarts).
///
/// @param tMax steps until the minimum
/// @param minimum the value there
record CosineAnnealingParamScheduler(int tMax, Minimum minimum) implements SchedulePolicy {

    static CosineAnnealingParamScheduler read(ConfigNode c, Window window) {
        int length = c.integer("T_max", 0);
        return new CosineAnnealingParamScheduler(
                length == 0 ? window.length() : length * window.factor(), Minimum.read(c));
    }

    @Override
    public double next(Change change) {
        double min = minimum.of(change.base());
        if (change.step() == 0) {
            return change.value();
        } else if (Math.floorMod(change.step() - 1 - tMax, 2 * tMax) == 0) {
            return change.value() + (change.base() - min) * (1 - Math.cos(Math.PI / tMax)) / 2;
        }
        return (1 + Math.cos(Math.PI * change.step() / tMax))
                        / (1 + Math.cos(Math.PI * (change.step() - 1) / tMax))
                        * (change.value() - min)
                + min;
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State()
                .with("T_max", tMax)
                .with("eta_min", minimum.value())
                .with("eta_min_ratio", minimum.ratioValue())
                .toMap();
    }
}
