/// What can be said of a model without running it: how much it computes, which parts it has, how they are joined, as
/// text and as a drawing. Start with {@link terrazzo.graph.report.TracedModule}; {@link
/// terrazzo.graph.report.FlopCount}
/// counts, {@link terrazzo.graph.report.ModuleTree} lists, {@link terrazzo.graph.report.Diagram} and {@link
/// terrazzo.graph.report.SvgDrawing} draw.
@NullMarked
package terrazzo.graph.report;

import org.jspecify.annotations.NullMarked;
