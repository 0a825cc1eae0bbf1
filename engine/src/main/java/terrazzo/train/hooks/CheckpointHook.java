package terrazzo.train.hooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.Nearest;
import terrazzo.core.error.TrainException;
import terrazzo.train.runner.CheckpointContent;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

/// Writes checkpoints: every so often, at the end, and whenever a metric is better than before.
final class CheckpointHook implements Hook {

    private static final List<String> GREATER =
            List.of("acc", "top", "AR@", "auc", "precision", "mAP", "mDice", "mIoU", "mAcc", "aAcc");
    private static final List<String> LESS = List.of("loss");

    private final Settings settings;

    /// @param interval from one checkpoint to the next; none below 1
    /// @param byEpoch whether that counts rounds
    /// @param saveOptimizer whether the optimizer's state is written, without which no run can be resumed
    /// @param saveSchedulers whether the schedules' state is written
    /// @param maxKeep how many are kept; all below 1
    /// @param saveLast whether the end is written in any case
    /// @param best metrics to watch, `auto` for the first
    /// @param rules `greater` or `less` for each metric, or for all; empty to tell by the name
    /// @param greater names, or parts of them, of metrics to maximise
    /// @param less names, or parts of them, of metrics to minimise
    /// @param nameTemplate of files, with `{}` for the count; empty for the usual names
    record Settings(
            int interval,
            boolean byEpoch,
            boolean saveOptimizer,
            boolean saveSchedulers,
            int maxKeep,
            boolean saveLast,
            List<String> best,
            List<String> rules,
            List<String> greater,
            List<String> less,
            String nameTemplate) {}

    CheckpointHook(Settings settings) {
        this.settings = settings;
    }

    static CheckpointHook read(ConfigNode c, Hooks.Context context) { // defaults: mmengine 0.1.0
        c.ignoring("type", "file_client_args", "backend_args", "out_dir", "published_keys", "meta", "create_symlink");
        return new CheckpointHook(new Settings(
                c.integer("interval", -1),
                c.bool("by_epoch", true),
                c.bool("save_optimizer", true),
                c.bool("save_param_scheduler", true),
                c.integer("max_keep_ckpts", -1),
                c.bool("save_last", true),
                c.strings("save_best", List.of()),
                c.strings("rule", List.of()),
                c.strings("greater_keys", GREATER),
                c.strings("less_keys", LESS),
                c.string("filename_tmpl", "")));
    }

    @Override
    public int priority() {
        return Priority.VERY_LOW;
    }

    @Override
    public void afterTrainIter(Runner runner, Map<String, Double> losses) {
        long done = runner.iter() + 1;
        if (!settings.byEpoch && (isDue(done) || (settings.saveLast && done == runner.maxIters()))) {
            write(runner, done, content(done, runner.epoch()));
        }
    }

    @Override
    public void afterTrainEpoch(Runner runner) {
        long done = runner.epoch() + 1;
        boolean last = runner.iter() == runner.maxIters();
        if (settings.byEpoch && runner.itersPerEpoch().isPresent() && (isDue(done) || (settings.saveLast && last))) {
            write(runner, done, content(runner.iter(), done));
        }
    }

    private CheckpointContent content(long iter, long epoch) {
        return new CheckpointContent(iter, epoch, settings.saveOptimizer, settings.saveSchedulers);
    }

    private boolean isDue(long done) {
        return settings.interval > 0 && done % settings.interval == 0;
    }

    private void write(Runner runner, long done, CheckpointContent content) {
        Path file = file(runner, done, "");
        runner.messages().fact("last_ckpt", PickleValue.of(file.toString()));
        runner.save(file, content);
        runner.log("checkpoint " + file.getFileName() + " written");
        if (settings.maxKeep > 0 && settings.interval > 0) {
            for (long old = done - (long) settings.maxKeep * settings.interval; old > 0; old -= settings.interval) {
                if (!delete(file(runner, old, ""))) {
                    break;
                }
            }
        }
    }

    private Path file(Runner runner, long count, String prefix) {
        String template = settings.nameTemplate.isEmpty()
                ? (settings.byEpoch ? "epoch_{}.pth" : "iter_{}.pth")
                : settings.nameTemplate;
        return runner.parts().folder().workDir().resolve(prefix + template.replace("{}", Long.toString(count)));
    }

    @Override
    public void afterVal(Runner runner, Map<String, Double> metrics) {
        List<String> watched = new ArrayList<>(settings.best);
        if (watched.contains("auto") && !metrics.isEmpty()) {
            watched.set(watched.indexOf("auto"), metrics.keySet().iterator().next());
        }
        for (int i = 0; i < watched.size(); i++) {
            compare(runner, metrics, watched.get(i), watched.size() > 1 ? "_" + watched.get(i) : "", rule(i, watched));
        }
    }

    private void compare(Runner runner, Map<String, Double> metrics, String name, String suffix, boolean greater) {
        Double score = metrics.get(name);
        if (score == null) {
            throw new TrainException(Complaint.at("default_hooks.checkpoint.save_best")
                    .expected("a metric of the evaluator")
                    .got("'" + name + "'")
                    .advice(Nearest.suggestion(name, metrics.keySet())));
        }
        Optional<Double> best = runner.messages().fact("best_score" + suffix).flatMap(PickleValue::asDouble);
        if (score.isNaN() || best.filter(b -> greater ? score <= b : score >= b).isPresent()) {
            return;
        }
        Optional<Path> previous = runner.messages()
                .fact("best_ckpt" + suffix)
                .flatMap(PickleValue::asText)
                .map(Path::of);
        Path file = file(runner, settings.byEpoch ? runner.epoch() : runner.iter(), "best_" + name + "_");
        runner.messages().fact("best_score" + suffix, PickleValue.of(score));
        runner.messages().fact("best_ckpt" + suffix, PickleValue.of(file.toString()));
        runner.save(file, CheckpointContent.weights(runner.iter(), runner.epoch()));
        previous.filter(p -> !p.equals(file)).ifPresent(CheckpointHook::delete);
        runner.log("best %s so far, %.4f: %s".formatted(name, score, file.getFileName()));
    }

    private boolean rule(int index, List<String> names) {
        if (!settings.rules.isEmpty()) {
            return settings.rules
                    .get(Math.min(index, settings.rules.size() - 1))
                    .equals("greater");
        }
        String name = names.get(index);
        String lower = name.toLowerCase(Locale.ROOT);
        if (settings.greater.stream().anyMatch(k -> lower.contains(k.toLowerCase(Locale.ROOT)))) {
            return true;
        }
        if (settings.less.stream().anyMatch(k -> lower.contains(k.toLowerCase(Locale.ROOT)))) {
            return false;
        }
        throw new TrainException(Complaint.at("default_hooks.checkpoint.rule")
                .expected("'greater' or 'less' for " + name)
                .got("nothing")
                .advice("set rule beside save_best"));
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
