package terrazzo.train.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;
import terrazzo.train.optim.ParamGroup;
import terrazzo.train.schedule.ParamScheduler.Subject;
import terrazzo.train.schedule.SchedulePolicy.Window;

/// The catalogue of schedules. Each rule goes by three names: `PolyLR` changes learning rates, `PolyMomentum` momenta,
/// and `PolyParamScheduler` what its `param_name` says. Immutable; plugins add theirs with [#with].
public final class ParamSchedulers {

    private static final int FOREVER = 1_000_000_000; // as mmengine writes it
    private static final String OF_ANY = "ParamScheduler";

    /// Makes a rule from its settings.
    @FunctionalInterface
    public interface Reader {

        /// @param window what the schedule covers; lengths of the config are multiplied by its factor
        SchedulePolicy read(ConfigNode settings, Window window);
    }

    private final Map<String, Reader> readerByRule;

    private ParamSchedulers(Map<String, Reader> readerByRule) {
        this.readerByRule = readerByRule;
    }

    /// Every schedule of mmengine, and those of 0.x that it has none for.
    public static ParamSchedulers builtIn() {
        Map<String, Reader> m = new LinkedHashMap<>();
        m.put("Poly", PolyParamScheduler::read);
        m.put("Linear", LinearParamScheduler::read);
        m.put("MultiStep", MultiStepParamScheduler::read);
        m.put("Step", StepParamScheduler::read);
        m.put("CosineAnnealing", CosineAnnealingParamScheduler::read);
        m.put("CosineRestart", CosineRestartParamScheduler::read);
        m.put("Exponential", ExponentialParamScheduler::read);
        m.put("Constant", ConstantParamScheduler::read);
        m.put("OneCycle", OneCycleParamScheduler::read);
        m.put("Cyclic", CyclicParamScheduler::read);
        m.put("ExponentialWarmup", ExponentialWarmupParamScheduler::read);
        return new ParamSchedulers(m);
    }

    /// This catalogue with one more rule; one that is there already is replaced.
    ///
    /// @param rule the name before `LR`, `Momentum` and `ParamScheduler`
    public ParamSchedulers with(String rule, Reader reader) {
        Map<String, Reader> more = new LinkedHashMap<>(readerByRule);
        more.put(rule, reader);
        return new ParamSchedulers(more);
    }

    /// The names of the rules.
    public Set<String> rules() {
        return Set.copyOf(readerByRule.keySet());
    }

    /// Starts the schedules that the entries of `param_scheduler` describe, in order.
    ///
    /// @param groups the optimizer's groups; they get their first values
    /// @throws ConfigException when a `type` or key is unknown or wrong
    public List<ParamScheduler> start(List<ConfigNode> settings, List<ParamGroup> groups, TrainLength length) {
        List<ParamScheduler> schedulers = new ArrayList<>();
        settings.forEach(c -> schedulers.add(start(c, groups, length)));
        return schedulers;
    }

    private ParamScheduler start(ConfigNode c, List<ParamGroup> groups, TrainLength length) {
        String setting = setting(c);
        Reader reader = readerByRule.get(rule(c));
        if (reader == null) {
            List<String> names = readerByRule.keySet().stream()
                    .flatMap(r -> List.of(r + "LR", r + "Momentum").stream())
                    .toList();
            throw c.error("type", "a schedule", "'" + c.type() + "'", Nearest.suggestion(c.type(), names));
        }
        boolean byEpoch = c.bool("by_epoch", true);
        boolean converts = c.bool("convert_to_iter_based", false);
        if (converts && !byEpoch) {
            throw c.error("convert_to_iter_based", "by_epoch=True", "by_epoch=False", "drop one of them");
        }
        Window window =
                window(c, byEpoch ? length.maxEpochs() : length.maxIters(), converts ? length.itersPerEpoch() : 1);
        c.ignoring("verbose");
        SchedulePolicy policy = reader.read(c, window);
        c.done();
        for (ParamGroup group : groups) {
            if (!group.has(setting) && !(setting.equals("momentum") && group.has("betas"))) {
                throw c.error("type", "an optimizer with " + setting, "one without", "drop this schedule");
            }
        }
        return new ParamScheduler(new Subject(setting, byEpoch && !converts), window, policy, groups);
    }

    private static Window window(ConfigNode c, int defaultEnd, int factor) {
        int begin = (int) (c.number("begin", 0) * factor);
        double end = c.number("end", defaultEnd);
        int last = end >= FOREVER ? FOREVER : (int) (end * factor);
        if (last <= begin) {
            throw c.error("end", "more than begin=" + begin, Integer.toString(last), "");
        }
        return new Window(begin, last, factor);
    }

    private static String rule(ConfigNode c) {
        return c.type().replaceFirst("(LR|Momentum|ParamScheduler)$", "");
    }

    private static String setting(ConfigNode c) {
        String type = c.type();
        if (type.endsWith(OF_ANY)) {
            return c.string("param_name");
        }
        return type.endsWith("Momentum") ? "momentum" : "lr";
    }
}
