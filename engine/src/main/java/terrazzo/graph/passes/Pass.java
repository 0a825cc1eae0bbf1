package terrazzo.graph.passes;

import terrazzo.graph.ir.Graph;

/// Makes a graph of the same meaning.
@FunctionalInterface
public interface Pass {

    Graph apply(Graph graph);
}
