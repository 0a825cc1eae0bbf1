package terrazzo.train.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.config.ConfigNode;

/// Falls along half a cosine again and again, from a share of the value each time
/// ([paper](https://arxiv.org/abs/1608.03983)).
///
/// @param periods steps of each fall
/// @param weights the share that each fall begins with
/// @param minimum the value at the end of a fall
record CosineRestartParamScheduler(List<Integer> periods, List<Double> weights, Minimum minimum)
        implements SchedulePolicy {

    static CosineRestartParamScheduler read(ConfigNode c, Window window) {
        List<Integer> periods =
                c.ints("periods").stream().map(p -> p * window.factor()).toList();
        List<Double> weights = c.numbers("restart_weights", List.of(1.0));
        if (weights.size() != periods.size()) {
            throw c.error("restart_weights", periods.size() + " numbers, as many as periods", "" + weights.size(), "");
        }
        return new CosineRestartParamScheduler(periods, weights, Minimum.read(c));
    }

    @Override
    public double next(Change change) {
        List<Integer> ends = ends();
        int index = 0;
        while (index < ends.size() && change.step() >= ends.get(index)) {
            index++;
        }
        if (index == ends.size()) {
            return change.value();
        }
        double weight = weights.get(index);
        int period = periods.get(index);
        int step = change.step() - (ends.get(index) - period);
        double max = change.base() * weight;
        double min = minimum.of(change.base()); // mmengine 0.1.0 shrinks it with the weight, later ones don't
        if (step == 0) {
            return max;
        } else if (Math.floorMod(step - 1 - period, 2 * period) == 0) {
            return change.value() + (max - min) * (1 - Math.cos(Math.PI / period)) / 2;
        }
        return (1 + Math.cos(Math.PI * step / period))
                        / (1 + Math.cos(Math.PI * (step - 1) / period))
                        * (change.value() - min)
                + min;
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State()
                .with("periods", periods)
                .with("eta_min", minimum.value())
                .with("eta_min_ratio", minimum.ratioValue())
                .with(
                        "restart_weights",
                        new ListValue(weights.stream().map(PickleValue::of).toList()))
                .with("cumulative_periods", ends())
                .toMap();
    }

    /// The step after each fall.
    private List<Integer> ends() {
        int[] running = periods.stream().mapToInt(Integer::intValue).toArray();
        Arrays.parallelPrefix(running, Integer::sum);
        return Arrays.stream(running).boxed().toList();
    }
}
