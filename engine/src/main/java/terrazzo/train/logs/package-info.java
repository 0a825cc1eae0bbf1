/// What training runs say of themselves, as files. [terrazzo.train.logs.RunFiles] finds the logs below a
/// folder, [terrazzo.train.logs.RunReader] reads them (mmengine's `scalars.json`, mmcv's `.log.json`,
/// TensorBoard's event files) while they grow, and [terrazzo.train.logs.RunLog] is what was read so far: a
/// series of values for each key. [terrazzo.train.logs.EventFileWriter] writes event files. Nothing here
/// draws.
@NullMarked
package terrazzo.train.logs;

import org.jspecify.annotations.NullMarked;
