/// Recording a model as a graph. A {@link terrazzo.graph.Trace} hands out symbolic {@link terrazzo.graph.Tensor}s; what
/// modules do with them becomes nodes of a {@link terrazzo.graph.ir.Graph}. Sizes stay symbolic, so one graph serves
/// every
/// image size, and operands that do not fit are refused here, with the module's path, before any tensor exists. Modules
/// are in {@code terrazzo.graph.nn}, graph to graph rewriting in {@code terrazzo.graph.passes}, text for libtorch in
/// {@code terrazzo.graph.torchscript}.
@NullMarked
package terrazzo.graph;

import org.jspecify.annotations.NullMarked;
