package terrazzo.train;

import java.util.ArrayList;
import java.util.List;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.train.optim.Optimizer;
import terrazzo.train.optim.ParamGroup;
import terrazzo.train.runner.ParamScheduler;

/// Linear warm-up and polynomial decay by iteration.
final class InterimSchedulers {

    private InterimSchedulers() {}

    static List<ParamScheduler> read(List<ConfigNode> nodes, Optimizer optimizer) {
        List<ParamScheduler> found = new ArrayList<>();
        List<Double> base = optimizer.groups().stream().map(ParamGroup::lr).toList();
        for (ConfigNode c : nodes) {
            found.add(new One(c.type(), c, base, optimizer));
        }
        return found;
    }

    private static final class One implements ParamScheduler {
        private final String type;
        private final ConfigNode c;
        private final List<Double> base;
        private final Optimizer optimizer;
        private long step;

        One(String type, ConfigNode c, List<Double> base, Optimizer optimizer) {
            this.type = type;
            this.c = c;
            this.base = base;
            this.optimizer = optimizer;
            apply();
        }

        private void apply() {
            long begin = c.integer("begin", 0);
            long end = c.integer("end", Integer.MAX_VALUE);
            if (step < begin || step > end) {
                return;
            }
            double t = (double) (step - begin) / Math.max(1, end - begin - (type.equals("LinearLR") ? 1 : 0));
            if (t > 1) {
                return;
            }
            for (int i = 0; i < base.size(); i++) {
                double lr = switch (type) {
                    case "LinearLR" -> {
                        double start = c.number("start_factor", 1.0 / 3);
                        yield base.get(i) * (start + (1 - start) * t);
                    }
                    case "PolyLR" -> {
                        double min = c.number("eta_min", 0);
                        yield (base.get(i) - min) * Math.pow(1 - t, c.number("power", 1)) + min;
                    }
                    default -> throw c.error("type", "'LinearLR' or 'PolyLR'", type, "");
                };
                optimizer.groups().get(i).set("lr", lr);
            }
        }

        @Override
        public boolean isByEpoch() {
            return false;
        }

        @Override
        public void step() {
            step++;
            apply();
        }

        @Override
        public PickleValue stateDict() {
            return PickleValue.Dict.plain()
                    .put("param_name", PickleValue.of("lr"))
                    .put("begin", PickleValue.of(c.integer("begin", 0)))
                    .put("end", PickleValue.of(c.integer("end", Integer.MAX_VALUE)))
                    .put("by_epoch", PickleValue.of(false))
                    .put(
                            "base_values",
                            new PickleValue.ListValue(base.stream()
                                    .map(v -> PickleValue.of(v.doubleValue()))
                                    .toList()))
                    .put("last_step", PickleValue.of(step))
                    .put("verbose", PickleValue.of(false))
                    .put("_global_step", PickleValue.of(step + 1))
                    .put(
                            "_last_value",
                            new PickleValue.ListValue(optimizer.groups().stream()
                                    .map(g -> PickleValue.of(g.lr()))
                                    .toList()));
        }

        @Override
        public void loadStateDict(PickleValue state) {
            step = state.at("last_step").flatMap(PickleValue::asLong).orElse(0L);
        }
    }
}
