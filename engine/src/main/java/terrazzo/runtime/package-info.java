/// libtorch through DJL, and nothing else of the engine knows either. {@link terrazzo.runtime.TorchRuntime} compiles
/// graphs to {@link terrazzo.runtime.TorchProgram}s and holds weights; {@link terrazzo.runtime.TorchScope} owns the
/// tensors of one run. Native memory is freed by whoever opened it, never by the garbage collector in time.
@NullMarked
package terrazzo.runtime;

import org.jspecify.annotations.NullMarked;
