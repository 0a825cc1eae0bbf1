package terrazzo.graph.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.nn.Module;

/// A model together with what calling it on one image recorded.
///
/// @param root the model
/// @param graph what it computes in evaluation
/// @param outputsByPath shapes of what each part gave when it was last called; parts that weren't called are missing
public record TracedModule(Module root, Graph graph, Map<String, List<Shape>> outputsByPath) {

    public TracedModule {
        outputsByPath = Map.copyOf(outputsByPath);
    }

    /// Calls `forward` on an image.
    ///
    /// @param image `[N, C, H, W]`; sizes may be symbols
    /// @param forward from image to logits, of `root`
    /// @throws terrazzo.core.error.ShapeException when the model doesn't take images of that shape
    public static TracedModule of(Module root, Shape image, UnaryOperator<Tensor> forward) {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor logits = forward.apply(
                trace.input("img", DType.FLOAT32, image.dim(0), image.dim(1), image.dim(2), image.dim(3)));
        Map<String, List<Shape>> outputs = new HashMap<>();
        trace.calls()
                .forEach(call -> outputs.put(
                        call.path(), call.outputs().stream().map(Tensor::shape).toList()));
        return new TracedModule(root, trace.finish(Map.of("logits", logits)), outputs);
    }
}
