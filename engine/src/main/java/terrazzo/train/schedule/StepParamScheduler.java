package terrazzo.train.schedule;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;

/// Times a number at equal distances.
///
/// @param stepSize steps from one time to the next
/// @param gamma the number
record StepParamScheduler(int stepSize, double gamma) implements SchedulePolicy {

    static StepParamScheduler read(ConfigNode c, Window window) {
        return new StepParamScheduler(c.integer("step_size") * window.factor(), c.number("gamma", 0.1));
    }

    @Override
    public double next(Change change) {
        return change.step() == 0 || change.step() % stepSize != 0 ? change.value() : change.value() * gamma;
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State().with("step_size", stepSize).with("gamma", gamma).toMap();
    }
}
