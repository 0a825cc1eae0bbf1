package terrazzo.train.hooks;

import java.util.Locale;
import java.util.Map;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.Nearest;
import terrazzo.core.error.TrainException;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

/// Ends a run whose metric has not got better for a while.
final class EarlyStoppingHook implements Hook {

    private static final String WAITED = "early_stopping_waited";
    private static final String BEST = "early_stopping_best";

    private final Settings settings;
    private int waited;
    private double best = Double.NaN;

    /// @param monitor the metric
    /// @param greater whether more is better
    /// @param minDelta what counts as better at least
    /// @param patience validations without progress that are borne
    record Settings(String monitor, boolean greater, double minDelta, int patience) {}

    EarlyStoppingHook(Settings settings) {
        this.settings = settings;
    }

    static EarlyStoppingHook read(ConfigNode c) { // defaults: mmengine, whose later versions have this hook
        c.ignoring("type", "strict", "check_finite", "stopping_threshold");
        String monitor = c.string("monitor");
        String rule = c.string("rule", monitor.toLowerCase(Locale.ROOT).contains("loss") ? "less" : "greater");
        if (!rule.equals("greater") && !rule.equals("less")) {
            throw c.error("rule", "'greater' or 'less'", "'" + rule + "'", "");
        }
        return new EarlyStoppingHook(new Settings(
                monitor, rule.equals("greater"), Math.abs(c.number("min_delta", 0.1)), c.integer("patience", 5)));
    }

    @Override
    public void afterVal(Runner runner, Map<String, Double> metrics) {
        Double score = metrics.get(settings.monitor);
        if (score == null) {
            throw new TrainException(Complaint.at("EarlyStoppingHook.monitor")
                    .expected("a metric of the evaluator")
                    .got("'" + settings.monitor + "'")
                    .advice(Nearest.suggestion(settings.monitor, metrics.keySet())));
        }
        boolean better = Double.isNaN(best)
                || (settings.greater ? score - best > settings.minDelta : best - score > settings.minDelta);
        waited = better ? 0 : waited + 1;
        best = better ? score : best;
        runner.messages().fact(WAITED, PickleValue.of(waited));
        runner.messages().fact(BEST, PickleValue.of(best));
        if (waited >= settings.patience) {
            runner.stop("%s has not got better than %.4f in %d validations"
                    .formatted(settings.monitor, best, settings.patience));
        }
    }

    @Override
    public void afterLoadCheckpoint(Runner runner, Checkpoint checkpoint) {
        waited = runner.messages()
                .fact(WAITED)
                .flatMap(PickleValue::asLong)
                .map(Long::intValue)
                .orElse(0);
        best = runner.messages().fact(BEST).flatMap(PickleValue::asDouble).orElse(Double.NaN);
    }
}
