package terrazzo.train.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.ListValue;
import terrazzo.train.optim.ParamGroup;
import terrazzo.train.schedule.SchedulePolicy.Change;
import terrazzo.train.schedule.SchedulePolicy.Window;

/// Changes one setting of all groups step by step. Making one takes its first step, so that the first iteration has
/// what the schedule says. Used by the thread that trains.
public final class ParamScheduler {

    private static final Logger log = LoggerFactory.getLogger(ParamScheduler.class);

    private final Subject subject;
    private final Window window;
    private final SchedulePolicy policy;
    private final List<ParamGroup> groups;
    private List<Double> baseValues;
    private List<Double> lastValues;
    private int lastStep = -1;
    private int globalStep = -1;

    /// What is changed, and when.
    ///
    /// @param setting `lr` or `momentum`, or the name of any other number
    /// @param byEpoch whether a step is an epoch; else it is an iteration
    public record Subject(String setting, boolean byEpoch) {}

    ParamScheduler(Subject subject, Window window, SchedulePolicy policy, List<ParamGroup> groups) {
        this.subject = subject;
        this.window = window;
        this.policy = policy;
        this.groups = List.copyOf(groups);
        if (isMomentum()) {
            groups.forEach(g -> g.momentum(g.momentum())); // the Adam family's is the first beta
        }
        policy.prepare(this.groups, subject.setting);
        groups.forEach(g -> g.setDefault(initial(), g.number(subject.setting)));
        this.baseValues = groups.stream().map(g -> g.number(initial())).toList();
        this.lastValues = List.of();
        step();
    }

    private String initial() {
        return "initial_" + subject.setting;
    }

    private boolean isMomentum() {
        return subject.setting.equals("momentum");
    }

    /// Whether [#step()] is due after an epoch; else it is due after an iteration.
    public boolean byEpoch() {
        return subject.byEpoch;
    }

    /// Goes one iteration or epoch on.
    public void step() {
        globalStep++;
        if (window.begin() <= globalStep && globalStep < window.end()) {
            lastStep++;
            List<Double> next = new ArrayList<>();
            for (int i = 0; i < groups.size(); i++) {
                ParamGroup group = groups.get(i);
                next.add(policy.next(new Change(lastStep, group.number(subject.setting), baseValues.get(i), group)));
            }
            for (int i = 0; i < groups.size(); i++) {
                set(groups.get(i), next.get(i));
            }
        }
        lastValues = groups.stream().map(g -> g.number(subject.setting)).toList();
    }

    private void set(ParamGroup group, double value) {
        if (isMomentum()) {
            group.momentum(value);
        } else {
            group.set(subject.setting, value);
        }
    }

    /// The state in the layout of mmengine's `state_dict`.
    public Dict stateDict() {
        Dict state = Dict.plain();
        if (isMomentum()) {
            state.put("use_betas", PickleValue.of(groups.stream().anyMatch(g -> g.has("betas"))));
        }
        policy.state().forEach(state::put);
        return state.put("param_name", PickleValue.of(subject.setting))
                .put("begin", PickleValue.of(window.begin()))
                .put("end", PickleValue.of(window.end()))
                .put("by_epoch", PickleValue.of(subject.byEpoch))
                .put("base_values", reals(baseValues))
                .put("last_step", PickleValue.of(lastStep))
                .put("_global_step", PickleValue.of(globalStep))
                .put("verbose", PickleValue.of(false))
                .put("_last_value", reals(lastValues));
    }

    private static ListValue reals(List<Double> values) {
        return new ListValue(values.stream().map(PickleValue::of).toList());
    }

    /// Goes on where another run stopped. The groups' settings come with the optimizer's state.
    ///
    /// @param state what [#stateDict()] gave, or mmengine
    public void loadStateDict(PickleValue state) {
        // mmengine: also takes the rule from the checkpoint, so that a longer run goes on with the rate of the old end.
        Map<String, PickleValue> rule = new LinkedHashMap<>(policy.state());
        rule.put("begin", PickleValue.of(window.begin()));
        rule.put("end", PickleValue.of(window.end()));
        rule.forEach((key, ours) -> state.at(key)
                .flatMap(PickleValue::asDouble)
                .filter(saved -> !saved.equals(ours.asDouble().orElse(saved)))
                .ifPresent(saved -> log.warn(
                        "schedule of {}: {} was {} in the checkpoint; going on with the config's",
                        subject.setting,
                        key,
                        saved)));
        lastStep = number(state, "last_step", lastStep);
        globalStep = number(state, "_global_step", globalStep);
        baseValues = values(state, "base_values", baseValues);
        lastValues = values(state, "_last_value", lastValues);
    }

    private static int number(PickleValue state, String key, int otherwise) {
        return state.at(key).flatMap(PickleValue::asLong).map(Math::toIntExact).orElse(otherwise);
    }

    private static List<Double> values(PickleValue state, String key, List<Double> otherwise) {
        List<Double> saved = state.at(key).map(PickleValue::asItems).orElse(List.of()).stream()
                .flatMap(v -> v.asDouble().stream())
                .toList();
        return saved.size() == otherwise.size() ? saved : otherwise;
    }
}
