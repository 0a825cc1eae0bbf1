/// What a training run says of itself, as files. [terrazzo.train.logs.EventFileWriter] writes TensorBoard's event
/// files.
@NullMarked
package terrazzo.train.logs;

import org.jspecify.annotations.NullMarked;
