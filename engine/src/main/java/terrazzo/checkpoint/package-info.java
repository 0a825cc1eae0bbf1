/// Safe reading and writing of checkpoints: PyTorch's `.pth` (zip and the older single pickle), bare pickles and
/// `.safetensors`. Start at {@link terrazzo.checkpoint.Checkpoint#load}.
///
/// Nothing in a file is ever executed. {@link terrazzo.checkpoint.PickleReader} turns a pickle's instructions into
/// {@link terrazzo.checkpoint.PickleValue}s; a short list of constructors (ordered dicts, tensors, bytes) is carried
/// out
/// by our own code, every other call stays an inert {@link terrazzo.checkpoint.PickleValue.Opaque} that remembers what
/// was called, and functions that could do harm are refused by name. The same values are what
/// {@link terrazzo.checkpoint.PthWriter} writes, so that a training history read from one checkpoint can be written to
/// the next one.
@NullMarked
package terrazzo.checkpoint;

import org.jspecify.annotations.NullMarked;
