package terrazzo.graph.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.ConvOp;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Sequential;

final class MixedPrecisionTest {

    /// What the convolutions of some layers work with, in the order of calls.
    private static List<DType> convolutions(Sequential layers) {
        Trace trace = new Trace(Trace.Mode.TRAIN);
        Tensor image = trace.input("image", DType.FLOAT32, Dim.of(2), Dim.of(8), Dim.of(16), Dim.of(16));
        Graph graph = trace.finish(Map.of("out", layers.call(image)));
        return Passes.forTrainingInBfloat16(graph).nodes().stream()
                .filter(node -> node.op() instanceof ConvOp)
                .map(node -> node.outputs().getFirst().type().dtype())
                .toList();
    }

    @Test
    void narrowsDenseConvolutionsAndLeavesDepthwiseOnesWide() {
        ConvSpec plain = ConvSpec.of(8, 8, 3);
        Sequential layers = Sequential.of(
                new Conv2d(plain),
                new Conv2d(plain.groups(8).dilation(2)),
                new Conv2d(plain.groups(2)),
                new Conv2d(ConvSpec.of(8, 4, 1)));
        assertEquals(List.of(DType.BFLOAT16, DType.FLOAT32, DType.BFLOAT16, DType.BFLOAT16), convolutions(layers));
    }
}
