package terrazzo.graph.passes;

import java.util.List;
import terrazzo.core.shape.DType;
import terrazzo.graph.ir.CreateOp;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.PointwiseOp.Cast;
import terrazzo.graph.ir.RandomOp.Uniform;
import terrazzo.graph.ir.Value;
import terrazzo.graph.ir.Weight;

/// Computes in bfloat16 what was float32; inputs and results stay float32. Half the bytes, and twice to four times the
/// speed where the processor has instructions for it; eight bits of precision.
final class Bfloat16 implements Pass {

    @Override
    public Graph apply(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        graph.inputs().values().forEach(input -> narrow(rewriter, input, ""));
        for (Weight weight : graph.weights()) {
            narrow(rewriter, weight.value(), "");
        }
        for (Node node : graph.nodes()) {
            switch (node.op()) {
                case Cast(var dtype)
                when dtype == DType.FLOAT32 ->
                    rewriter.replace(
                            node.output(),
                            rewriter.emit(new Cast(DType.BFLOAT16), node.scope(), rewriter.now(node.input(0))));
                case CreateOp _, Uniform _ -> {
                    List<Value> made = rewriter.emitAll(
                            node.op(),
                            node.scope(),
                            node.inputs().stream().map(rewriter::now).toList());
                    rewriter.replace(node.output(), made.getFirst());
                    narrow(rewriter, node.output(), node.scope());
                }
                default -> rewriter.retype(node);
            }
        }
        graph.outputs().values().stream().distinct().forEach(output -> widen(rewriter, output));
        return rewriter.finish();
    }

    private static void narrow(Rewriter rewriter, Value old, String scope) {
        Value now = rewriter.now(old);
        if (now.type().dtype() == DType.FLOAT32) {
            rewriter.replace(old, rewriter.emit(new Cast(DType.BFLOAT16), scope, now));
        }
    }

    private static void widen(Rewriter rewriter, Value old) {
        Value now = rewriter.now(old);
        if (now.type().dtype() == DType.BFLOAT16) {
            rewriter.replace(old, rewriter.emit(new Cast(DType.FLOAT32), "", now));
        }
    }
}
