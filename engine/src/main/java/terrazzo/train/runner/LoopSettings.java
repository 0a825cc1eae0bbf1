package terrazzo.train.runner;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.data.loading.DataLoader;
import terrazzo.train.schedule.TrainLength;

/// How long a run trains and when it validates: `train_cfg`.
public sealed interface LoopSettings {

    /// Counts iterations.
    ///
    /// @param maxIters where the run ends
    /// @param validation when to validate, in iterations
    record ByIter(int maxIters, Validation validation) implements LoopSettings {
        boolean validatesAfter(long done) {
            return validation.isDueAfter(done);
        }
    }

    /// Counts rounds through the data.
    ///
    /// @param maxEpochs where the run ends
    /// @param validation when to validate, in rounds
    record ByEpoch(int maxEpochs, Validation validation) implements LoopSettings {
        boolean validatesAfter(long done) {
            return validation.isDueAfter(done);
        }
    }

    /// How long the run is with that data.
    default TrainLength length(DataLoader loader) {
        int perEpoch = loader.batchesPerEpoch();
        return switch (this) {
            case ByIter(var iters, var _) -> new TrainLength(iters, 1, perEpoch);
            case ByEpoch(var epochs, var _) -> new TrainLength(Math.multiplyExact(epochs, perEpoch), epochs, perEpoch);
        };
    }

    /// When to validate.
    ///
    /// @param begin the first time
    /// @param interval from one time to the next
    /// @param later other intervals from a milestone on, in order
    record Validation(long begin, long interval, List<Change> later) {

        public Validation {
            later = List.copyOf(later);
        }

        /// @param milestone from when on
        /// @param interval from one time to the next
        record Change(long milestone, long interval) {}

        boolean isDueAfter(long done) {
            long current = interval;
            for (Change change : later) {
                if (done + 1 >= change.milestone) {
                    current = change.interval;
                }
            }
            return done >= begin && done % current == 0;
        }
    }

    /// Reads `train_cfg`.
    ///
    /// @throws terrazzo.core.error.ConfigException when a key is unknown or wrong
    static LoopSettings read(ConfigNode c) { // defaults: mmengine 0.1.0
        String type = c.string("type", c.bool("by_epoch", true) ? "EpochBasedTrainLoop" : "IterBasedTrainLoop");
        boolean byIter = type.equals("IterBasedTrainLoop");
        if (!byIter && !type.equals("EpochBasedTrainLoop")) {
            throw c.error("type", "'IterBasedTrainLoop' or 'EpochBasedTrainLoop'", "'" + type + "'", "");
        }
        c.ignoring("by_epoch");
        Validation validation =
                new Validation(c.integer("val_begin", 1), positive(c, "val_interval", byIter ? 1000 : 1), changes(c));
        LoopSettings settings = byIter
                ? new ByIter(positive(c, "max_iters", 0), validation)
                : new ByEpoch(positive(c, "max_epochs", 0), validation);
        c.done();
        return settings;
    }

    private static int positive(ConfigNode c, String key, int otherwise) {
        int value = otherwise == 0 ? c.integer(key) : c.integer(key, otherwise);
        if (value < 1) {
            throw c.error(key, "1 or more", Integer.toString(value), "");
        }
        return value;
    }

    private static List<Validation.Change> changes(ConfigNode c) {
        List<Validation.Change> changes = new ArrayList<>();
        c.find("dynamic_intervals").ifPresent(value -> {
            for (Value pair : items(value)) {
                List<Value> numbers = items(pair);
                if (numbers.size() == 2
                        && numbers.get(0) instanceof Value.Int(var milestone)
                        && numbers.get(1) instanceof Value.Int(var interval)
                        && interval > 0) {
                    changes.add(new Validation.Change(milestone, interval));
                } else {
                    throw c.error("dynamic_intervals", "pairs (milestone, interval)", pair.brief(), "");
                }
            }
        });
        return changes;
    }

    private static List<Value> items(Value value) {
        return switch (value) {
            case Value.ListValue(var items) -> items;
            case Value.TupleValue(var items) -> items;
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Str _, Value.DictValue _ -> List.of();
        };
    }
}
