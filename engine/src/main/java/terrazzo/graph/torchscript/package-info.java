/// Graphs as TorchScript: {@link terrazzo.graph.torchscript.TorchScript} writes methods as text and packs them, with
/// the
/// constants they use, as an archive that any libtorch of the last years loads. Weights are not in the archive; they
/// are
/// handed to every method as a list, in the order of {@link terrazzo.graph.ir.Graph#weights()}.
@NullMarked
package terrazzo.graph.torchscript;

import org.jspecify.annotations.NullMarked;
