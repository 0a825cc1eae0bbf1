package terrazzo.graph.passes;

import java.util.HashSet;
import java.util.Set;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.RandomOp;
import terrazzo.graph.ir.ShapeOp.Slice;
import terrazzo.graph.ir.Value;

/// The values of a graph that depend on its weights alone, so that they are the same for every image.
final class FixedValues {

    private final Set<Value> values = new HashSet<>();

    FixedValues(Graph graph) {
        graph.weights().forEach(w -> values.add(w.value()));
        for (Node node : graph.nodes()) {
            if (isFixed(node)) {
                values.addAll(node.outputs());
            }
        }
    }

    boolean contains(Value value) {
        return values.contains(value);
    }

    /// Whether a step computes the same for every image.
    boolean isFixed(Node node) {
        if (node.op().hasSideEffect() || node.op() instanceof RandomOp || !values.containsAll(node.inputs())) {
            return false;
        }
        if (node.op() instanceof Slice(var _, var start, var end) && !(start.isConstant() && end.isConstant())) {
            return false;
        }
        return node.outputs().stream().allMatch(v -> v.type().shape().isConstant());
    }
}
