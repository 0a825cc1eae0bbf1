package terrazzo.train.schedule;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;

/// Times a number at each step.
///
/// @param gamma the number
record ExponentialParamScheduler(double gamma) implements SchedulePolicy {

    static ExponentialParamScheduler read(ConfigNode c, Window window) {
        return new ExponentialParamScheduler(c.number("gamma"));
    }

    @Override
    public double next(Change change) {
        return change.step() == 0 ? change.value() : change.value() * gamma;
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State().with("gamma", gamma).toMap();
    }
}
