/// Learning rates and momenta over time, with mmengine's meaning: {@link terrazzo.train.schedule.ParamSchedulers} makes
/// one {@link terrazzo.train.schedule.ParamScheduler} per entry of `param_scheduler`; each changes the settings of
/// {@link terrazzo.train.optim.ParamGroup}s by the rule of its {@link terrazzo.train.schedule.SchedulePolicy}. Rules
/// are chained: most compute a value from the one before, so that several schedules can work on one setting.
@NullMarked
package terrazzo.train.schedule;

import org.jspecify.annotations.NullMarked;
