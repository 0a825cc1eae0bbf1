package terrazzo.train.schedule;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.Global;
import terrazzo.checkpoint.PickleValue.Opaque;
import terrazzo.config.ConfigNode;

/// Times a number at each milestone; one that is listed twice counts twice.
///
/// @param milestones steps
/// @param gamma the number
record MultiStepParamScheduler(List<Integer> milestones, double gamma) implements SchedulePolicy {

    static MultiStepParamScheduler read(ConfigNode c, Window window) {
        return new MultiStepParamScheduler(
                c.ints("milestones").stream().map(m -> m * window.factor()).toList(), c.number("gamma", 0.1));
    }

    @Override
    public double next(Change change) {
        int times = Collections.frequency(milestones, change.step());
        return times == 0 ? change.value() : change.value() * Math.pow(gamma, times);
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State().with("milestones", counter()).with("gamma", gamma).toMap();
    }

    /// mmengine keeps how often each milestone is listed.
    private PickleValue counter() {
        Dict counts = Dict.plain();
        milestones.forEach(
                m -> counts.put(PickleValue.of((long) m), PickleValue.of((long) Collections.frequency(milestones, m))));
        return Opaque.call(new Global("collections", "Counter"), counts);
    }
}
