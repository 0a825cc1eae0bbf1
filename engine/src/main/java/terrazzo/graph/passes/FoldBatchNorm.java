package terrazzo.graph.passes;

import java.util.HashMap;
import java.util.Map;
import terrazzo.core.shape.Shape;
import terrazzo.graph.ir.ConvOp.Conv2d;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Node;
import terrazzo.graph.ir.NormOp.BatchNorm;
import terrazzo.graph.ir.PointwiseOp.Binary;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;
import terrazzo.graph.ir.PointwiseOp.Scalar;
import terrazzo.graph.ir.PointwiseOp.Unary;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.ir.ShapeOp.Reshape;
import terrazzo.graph.ir.Value;

/// Multiplies batch norms of evaluation into the convolutions before them: with `s = weight / sqrt(var + eps)`, the
/// kernel becomes `kernel * s` and the bias `(bias - mean) * s + bias'`. Only where nobody else sees the convolution.
final class FoldBatchNorm implements Pass {

    @Override
    public Graph apply(Graph graph) {
        Map<Value, Integer> uses = graph.useCounts();
        Map<Value, Node> convByOutput = new HashMap<>();
        Rewriter rewriter = new Rewriter(graph);
        for (Node node : graph.nodes()) {
            Node conv = node.inputs().isEmpty() ? null : convByOutput.get(node.input(0));
            if (node.op() instanceof BatchNorm norm
                    && conv != null
                    && Integer.valueOf(1).equals(uses.get(conv.output()))) {
                rewriter.replace(node.output(), fold(rewriter, conv, node, norm));
                continue;
            }
            rewriter.keep(node);
            if (node.op() instanceof Conv2d) {
                convByOutput.put(node.output(), node);
            }
        }
        return rewriter.finish();
    }

    private static Value fold(Rewriter rewriter, Node conv, Node node, BatchNorm norm) {
        String scope = node.scope();
        Value mean = node.input(3);
        Value variance = rewriter.emit(new Scalar(BinaryKind.ADD, norm.eps()), scope, node.input(4));
        Value inverse = rewriter.emit(new Unary(UnaryKind.RSQRT), scope, variance);
        Value scale = rewriter.emit(new Binary(BinaryKind.MUL), scope, node.input(1), inverse); // [O]
        Value perKernel = rewriter.emit(new Reshape(Shape.of(scale.type().dim(0).intValue(), 1, 1, 1)), scope, scale);
        Value kernel = rewriter.emit(new Binary(BinaryKind.MUL), scope, conv.input(1), perKernel);
        Value shift = conv.inputs().size() > 2
                ? rewriter.emit(new Binary(BinaryKind.SUB), scope, conv.input(2), mean)
                : rewriter.emit(new Unary(UnaryKind.NEG), scope, mean);
        Value scaled = rewriter.emit(new Binary(BinaryKind.MUL), scope, shift, scale);
        Value bias = rewriter.emit(new Binary(BinaryKind.ADD), scope, scaled, node.input(2));
        return rewriter.emit(conv.op(), conv.scope(), rewriter.now(conv.input(0)), kernel, bias);
    }
}
