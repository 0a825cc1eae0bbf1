package terrazzo.graph.passes;

import java.util.HashMap;
import java.util.Map;
import terrazzo.core.shape.DType;
import terrazzo.graph.ir.CreateOp.Literal;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.PointwiseOp.HardShrink;
import terrazzo.graph.ir.Value;

/// Sets weights below 1e-18 to 0. Weight decay shrinks dead channels down to denormal numbers (3 of the 32 channels of
/// CGNet's stem trained on CamVid), on which processors are a hundred times slower: 1 s instead of 0.1 s per image was
/// measured. 1e-18 because the product of two numbers above it is not denormal either; a sum of float32 numbers that
/// matter does not change by what is left out. In one step, which needs no memory beside its result.
final class FlushTiny implements Pass {

    private static final double LEAST = 1e-18;

    @Override
    public Graph apply(Graph graph) {
        FixedValues fixed = new FixedValues(graph);
        Rewriter rewriter = new Rewriter(graph);
        Map<Value, Value> flushed = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Literal || fixed.isFixed(node)) {
                rewriter.keep(node);
                continue;
            }
            rewriter.keep(node.mapInputs(v -> fixed.contains(v) && v.type().dtype() == DType.FLOAT32
                    ? flushed.computeIfAbsent(
                            v, w -> rewriter.emit(new HardShrink(LEAST), node.scope(), rewriter.now(w)))
                    : v));
        }
        return rewriter.finish();
    }
}
