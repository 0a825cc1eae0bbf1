/// The course of a training: {@link terrazzo.train.runner.Runner} owns what changes, loops say what comes next,
/// {@link terrazzo.train.runner.Hook}s are told and do the rest: times, logs, schedules, checkpoints. The meaning of
/// every setting is mmengine's. Hooks themselves live in `terrazzo.train.hooks`.
@NullMarked
package terrazzo.train.runner;

import org.jspecify.annotations.NullMarked;
