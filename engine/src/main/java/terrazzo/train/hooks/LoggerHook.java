package terrazzo.train.hooks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.MessageHub;
import terrazzo.train.runner.Runner;

/// Writes the course of a run: a line in the log and a row in the scalars, as mmengine writes them.
final class LoggerHook implements Hook {

    private final int interval;
    private final boolean metricByEpoch;
    private final LogProcessor processor;
    private final ScalarRows rows;

    /// How numbers are averaged before they are logged.
    ///
    /// @param window iterations that losses and times are averaged over
    /// @param byEpoch whether rows count rounds, too
    record LogProcessor(int window, boolean byEpoch) {

        static LogProcessor read(ConfigNode root) { // defaults: mmengine 0.1.0
            return root.optionalNode("log_processor")
                    .map(c -> new LogProcessor(c.integer("window_size", 10), c.bool("by_epoch", true)))
                    .orElse(new LogProcessor(10, true));
        }

        double number(MessageHub messages, String name, String key) {
            boolean averaged = name.startsWith("loss")
                    || name.equals("time")
                    || name.equals("data_time")
                    || name.equals("grad_norm");
            return averaged ? messages.mean(key, window) : messages.current(key);
        }
    }

    LoggerHook(int interval, boolean metricByEpoch, LogProcessor processor, ScalarRows rows) {
        this.interval = interval;
        this.metricByEpoch = metricByEpoch;
        this.processor = processor;
        this.rows = rows;
    }

    static LoggerHook read(ConfigNode c, Hooks.Context context) { // defaults: mmengine 0.1.0
        c.ignoring(
                "type", "ignore_last", "interval_exp_name", "out_dir", "out_suffix", "keep_local", "file_client_args");
        return new LoggerHook(
                c.integer("interval", 10),
                c.bool("log_metric_by_epoch", true),
                LogProcessor.read(context.root()),
                context.rows());
    }

    @Override
    public int priority() {
        return Priority.BELOW_NORMAL;
    }

    @Override
    public void afterTrainIter(Runner runner, Map<String, Double> losses) {
        boolean last = runner.itersPerEpoch().isPresent()
                && runner.innerIter() + 1 == runner.itersPerEpoch().getAsInt();
        if ((runner.innerIter() + 1) % interval != 0 && !last) {
            return;
        }
        Map<String, Double> found = collect(runner.messages(), "train/");
        Map<String, Number> row = new LinkedHashMap<>(found);
        if (processor.byEpoch) {
            row.put("epoch", runner.epoch() + 1);
        }
        row.put("iter", runner.iter() + 1);
        row.put("step", runner.iter() + 1);
        rows.write(row, runner.iter() + 1);
        runner.log(line(runner, found));
    }

    private String line(Runner runner, Map<String, Double> found) {
        StringBuilder line = new StringBuilder();
        if (processor.byEpoch && runner.itersPerEpoch().isPresent()) {
            line.append("Epoch(train)  [%d][%d/%d]  "
                    .formatted(
                            runner.epoch() + 1,
                            runner.innerIter() + 1,
                            runner.itersPerEpoch().getAsInt()));
        } else {
            line.append("Iter(train) [%d/%d]  ".formatted(runner.iter() + 1, runner.maxIters()));
        }
        found.forEach((name, value) -> {
            if (name.endsWith("lr")) {
                line.append("%s: %.4e ".formatted(name, value));
            }
        });
        runner.messages()
                .fact("eta")
                .flatMap(PickleValue::asDouble)
                .ifPresent(eta ->
                        line.append(" eta: ").append(duration(Math.round(eta))).append("  "));
        found.forEach((name, value) -> {
            if (!name.endsWith("lr")) {
                line.append("%s: %.4f  ".formatted(name, value));
            }
        });
        return line.toString().stripTrailing();
    }

    /// `1 day, 2:03:04`, as Python writes durations.
    static String duration(long seconds) {
        long days = seconds / 86400;
        String clock = "%d:%02d:%02d".formatted(seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        return days == 0 ? clock : days + (days == 1 ? " day, " : " days, ") + clock;
    }

    @Override
    public void afterVal(Runner runner, Map<String, Double> metrics) {
        Map<String, Double> found = new LinkedHashMap<>(metrics);
        Map<String, Number> row = new LinkedHashMap<>();
        found.forEach((name, value) -> row.put(name.startsWith("val_") ? "val/" + name.substring(4) : name, value));
        if (!Double.isNaN(runner.messages().current("val/time"))) {
            row.put("time", runner.messages().mean("val/time", processor.window));
        }
        long step = metricByEpoch && runner.itersPerEpoch().isPresent() ? runner.epoch() : runner.iter();
        row.put("step", step);
        rows.write(row, step);
        runner.log("%s(val) [%d]  ".formatted(processor.byEpoch ? "Epoch" : "Iter", step)
                + found.entrySet().stream()
                        .map(e -> "%s: %.4f".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining("  ")));
    }

    private Map<String, Double> collect(MessageHub messages, String prefix) {
        Map<String, Double> found = new LinkedHashMap<>();
        messages.below(prefix, (name, key) -> found.put(name, processor.number(messages, name, key)));
        return found;
    }
}
