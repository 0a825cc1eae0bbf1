/// Rewriting graphs into faster ones that compute the same: {@link terrazzo.graph.passes.Passes} lists them. A pass
/// takes
/// a graph and gives a graph; what only depends on weights is computed once by {@link terrazzo.graph.passes.Hoisted}.
@NullMarked
package terrazzo.graph.passes;

import org.jspecify.annotations.NullMarked;
