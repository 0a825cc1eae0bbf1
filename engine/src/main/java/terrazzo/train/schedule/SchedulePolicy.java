package terrazzo.train.schedule;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.train.optim.ParamGroup;

/// The rule by which a setting changes.
public interface SchedulePolicy {

    /// One change of one group's setting.
    ///
    /// @param step steps since the schedule began, from 0 on
    /// @param value what the setting is now
    /// @param base what it was before any schedule
    /// @param group whose setting it is
    record Change(int step, double value, double base, ParamGroup group) {}

    /// The part of the run that a schedule covers, in its own unit.
    ///
    /// @param begin first step
    /// @param end step after the last one
    /// @param factor what lengths of the config are multiplied by: iterations of an epoch where a schedule that is
    ///     written in epochs counts iterations, else 1
    record Window(int begin, int end, int factor) {

        int length() {
            return end - begin;
        }
    }

    /// The setting's next value.
    double next(Change change);

    /// What mmengine's state dict of such a schedule says of the rule, in its order.
    Map<String, PickleValue> state();

    /// Prepares the groups before the first change, for rules that don't start from what the optimizer says.
    default void prepare(List<ParamGroup> groups, String setting) {}
}
