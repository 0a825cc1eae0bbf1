/// What is looked at before the first iteration, so that mistakes in data and config show in seconds and not after
/// hours: {@link terrazzo.train.checks.TrainChecks}. Each mistake gives one sentence that names a file and a remedy.
@NullMarked
package terrazzo.train.checks;

import org.jspecify.annotations.NullMarked;
