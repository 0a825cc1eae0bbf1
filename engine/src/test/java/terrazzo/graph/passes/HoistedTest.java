package terrazzo.graph.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.graph.ir.Weight;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Sequential;

class HoistedTest {

    private static final long LARGEST = 4 * 4 * 9 * Float.BYTES; // bytes of one kernel

    @Test
    void preparesWeightsInPartsThatReadNoMoreThanAsked() {
        Hoisted hoisted = Hoisted.of(Passes.forInference(threeConvolutions()));
        List<Graph> parts = hoisted.prepareInParts(LARGEST + 4 * Float.BYTES);

        assertEquals(3, parts.size()); // a kernel and its bias each
        parts.forEach(part -> assertEquals(2, part.weights().size()));
        assertEquals(
                List.copyOf(hoisted.prepare().outputs().keySet()),
                parts.stream().flatMap(p -> p.outputs().keySet().stream()).toList());
        assertEquals(
                keys(hoisted.prepare()),
                parts.stream().flatMap(p -> keys(p).stream()).toList());
    }

    @Test
    void preparesEachWeightThatIsTooLargeAlone() {
        Hoisted hoisted = Hoisted.of(Passes.forInference(threeConvolutions()));
        assertEquals(6, hoisted.prepareInParts(1).size());
        assertEquals(1, hoisted.prepareInParts(Long.MAX_VALUE).size());
    }

    private static List<String> keys(Graph graph) {
        return graph.weights().stream().map(Weight::key).toList();
    }

    private static Graph threeConvolutions() {
        Trace trace = new Trace(Trace.Mode.EVAL);
        Tensor x = trace.input("x", DType.FLOAT32, Dim.ONE, Dim.of(4), Dim.symbol("H"), Dim.symbol("W"));
        ConvSpec spec = ConvSpec.of(4, 4, 3);
        Sequential layers = Sequential.of(new Conv2d(spec), new Conv2d(spec), new Conv2d(spec));
        return trace.finish(Map.of("y", layers.call(x)));
    }
}
