package terrazzo.train.schedule;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.config.ConfigNode;
import terrazzo.train.optim.ParamGroup;

/// Rises to a maximum and falls far below the start ([paper](https://arxiv.org/abs/1708.07120)). Its start comes from
/// the
/// maximum, not from the optimizer.
///
/// @param maxima the highest learning rate, per group, or one for all
/// @param totalSteps steps of the whole cycle
/// @param shape how it rises and falls
/// @param ratios where it starts and ends
record OneCycleParamScheduler(List<Double> maxima, int totalSteps, Shape shape, Ratios ratios)
        implements SchedulePolicy {

    static OneCycleParamScheduler read(ConfigNode c, Window window) {
        int totalSteps = c.has("total_steps") ? c.integer("total_steps") * window.factor() : window.length();
        double rise = c.number("pct_start", 0.3);
        if (totalSteps <= 0 || !(rise >= 0 && rise <= 1)) {
            throw c.error(
                    "pct_start", "a number from 0 to 1, and total_steps above 0", rise + " and " + totalSteps, "");
        }
        Shape shape = new Shape(rise, Anneal.read(c), c.bool("three_phase", false));
        Ratios ratios = new Ratios(c.number("div_factor", 25), c.number("final_div_factor", 1e4));
        return new OneCycleParamScheduler(c.numbers("eta_max", List.of(0.0)), totalSteps, shape, ratios);
    }

    @Override
    public double next(Change change) {
        double start = 0;
        List<Phase> phases = phases();
        for (Phase phase : phases) {
            if (change.step() <= phase.end || phase.equals(phases.getLast())) {
                double share = (change.step() - start) / (phase.end - start);
                return shape.anneal.between(
                        change.group().number(phase.from), change.group().number(phase.to), share);
            }
            start = phase.end;
        }
        throw new IllegalStateException("there is a phase at every step");
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State()
                .with("eta_max", maxima.size() == 1 ? PickleValue.of(maxima.getFirst()) : maximaValue())
                .with("div_factor", ratios.start)
                .with("final_div_factor", ratios.end)
                .with("total_steps", totalSteps)
                .toMap();
    }

    private static final String INITIAL = "initial_lr";
    private static final String MAX = "max_lr";
    private static final String MIN = "min_lr";

    /// @param rise share of the steps that rise, 0 to 1
    /// @param threePhase whether it falls to the start in as many steps as it rose, and to the end in the rest
    record Shape(double rise, Anneal anneal, boolean threePhase) {}

    /// @param start what the maximum is divided by
    /// @param end what the start is divided by at the end
    record Ratios(double start, double end) {}

    /// @param from setting of the group at the start
    /// @param to setting of the group at the end
    private record Phase(double end, String from, String to) {}

    @Override
    public void prepare(List<ParamGroup> groups, String setting) {
        for (int i = 0; i < groups.size(); i++) {
            double max = maxima.get(Math.min(i, maxima.size() - 1));
            groups.get(i).set(INITIAL, max / ratios.start);
            groups.get(i).set(MAX, max);
            groups.get(i).set(MIN, max / ratios.start / ratios.end);
        }
    }

    private List<Phase> phases() {
        double top = shape.rise * totalSteps - 1;
        if (shape.threePhase) {
            return List.of(
                    new Phase(top, INITIAL, MAX),
                    new Phase(2 * shape.rise * totalSteps - 2, MAX, INITIAL),
                    new Phase(totalSteps - 1.0, INITIAL, MIN));
        }
        return List.of(new Phase(top, INITIAL, MAX), new Phase(totalSteps - 1.0, MAX, MIN));
    }

    private PickleValue maximaValue() {
        return new ListValue(maxima.stream().map(PickleValue::of).toList());
    }
}
