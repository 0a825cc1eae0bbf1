package terrazzo.train.schedule;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;

/// Rises and falls in cycles over the whole run: `policy='cyclic'` of 0.x.
///
/// @param highest what the value is multiplied by at the top of a cycle
/// @param lowest what it is multiplied by at the end of a cycle
/// @param cycle steps of a cycle, and of its rise
/// @param shape how it rises and falls, and by how much the height shrinks from cycle to cycle
record CyclicParamScheduler(double highest, double lowest, Cycle cycle, Shape shape) implements SchedulePolicy {

    static CyclicParamScheduler read(ConfigNode c, Window window) {
        List<Double> ratios = c.numbers("target_ratio", List.of(10.0, 1e-4));
        int length = window.length() / Math.max(1, c.integer("cyclic_times", 1));
        Cycle cycle = new Cycle(length, (int) (c.number("step_ratio_up", 0.4) * length));
        Shape shape = new Shape(Anneal.read(c), c.number("gamma", 1));
        double lowest = ratios.size() == 1 ? ratios.getFirst() / 1e5 : ratios.get(1);
        return new CyclicParamScheduler(ratios.getFirst(), lowest, cycle, shape);
    }

    @Override
    public double next(Change change) {
        int step = change.step() % cycle.length;
        double scale = Math.pow(shape.gamma, Math.floorDiv(change.step(), cycle.length));
        double top = 1 - scale + highest * scale;
        double factor = step < cycle.rise
                ? shape.anneal.between(1, top, (double) step / cycle.rise)
                : shape.anneal.between(top, lowest, (double) (step - cycle.rise) / (cycle.length - cycle.rise));
        return change.base() * factor;
    }

    @Override
    public Map<String, PickleValue> state() {
        return new State()
                .with("highest", highest)
                .with("lowest", lowest)
                .with("cycle", cycle.length)
                .with("rise", cycle.rise)
                .with("gamma", shape.gamma)
                .toMap();
    }

    record Cycle(int length, int rise) {}

    record Shape(Anneal anneal, double gamma) {}
}
