package example;

import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.train.schedule.ParamSchedulers;
import terrazzo.train.schedule.ParamSchedulersExtension;
import terrazzo.train.schedule.SchedulePolicy;

/// Adds `HarmonicLR` and `HarmonicMomentum` to what configs can name: a half after one step, a third after two.
public final class ExampleSchedules implements ParamSchedulersExtension {

    @Override
    public ParamSchedulers extend(ParamSchedulers schedulers) {
        return schedulers.with("Harmonic", (_, _) -> new Harmonic());
    }

    private record Harmonic() implements SchedulePolicy {

        @Override
        public double next(Change change) {
            return change.base() / (change.step() + 1);
        }

        @Override
        public Map<String, PickleValue> state() {
            return Map.of();
        }
    }
}
