package terrazzo.graph.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.MultiheadAttention;
import terrazzo.graph.nn.Sequential;

final class FlopCountTest {

    private static FlopCount count(Layer layer) {
        return FlopCount.of(TracedModule.of(layer, Shape.of(1, 3, 4, 5), layer::call));
    }

    @Test
    void countsLayersPartByPart() {
        Sequential layers = Sequential.of(
                new Linear(5, 7, true), new Lambda(Tensor::relu), new Lambda(x -> x.unary(UnaryKind.GELU)));

        FlopCount count = count(layers);

        assertEquals(new Flops(3 * 4 * 5 * 7, 0), count.within("0")); // biases are free in the reference's counter
        assertEquals(new Flops(3 * 4 * 7, 0), count.within("1"));
        assertEquals(Flops.NONE, count.within("2")); // and other activations than rectifiers
        assertEquals(new Flops(3 * 4 * 5 * 7 + 3 * 4 * 7, 0), count.total());
    }

    @Test
    void keepsProductsOfActivationsApart() {
        Lambda gram = new Lambda(x -> x.matmul(x.transpose(-2, -1))); // [1, 3, 4, 5] x [1, 3, 5, 4]

        assertEquals(new Flops(0, 3 * 4 * 4 * 5), count(gram).total());
    }

    @Test
    void keepsAttentionWithOneMatrixApart() {
        Attending model = new Attending();

        Flops flops = FlopCount.of(TracedModule.of(model, Shape.of(1, 3, 4, 5), model::forward))
                .total();

        long projections = 4 * (12 * 5 * 5); // queries, keys, values and result: 12 tokens of width 5
        long products = 2 * (12 * 12 * 5); // q kᵀ and the sum of values
        assertEquals(new Flops(0, projections + products), flops);
    }

    @Test
    void tellsPathsFromTheirBeginnings() {
        Sequential layers = Sequential.named(
                i -> "fc" + (i == 0 ? 1 : 10), List.of(new Linear(5, 2, false), new Linear(2, 3, false)));

        assertEquals(3 * 4 * 5 * 2, count(layers).within("fc1").counted());
    }

    @Test
    void refusesSymbols() {
        Lambda relu = new Lambda(Tensor::relu);
        TracedModule traced =
                TracedModule.of(relu, Shape.of(Dim.ONE, Dim.of(3), Dim.symbol("H"), Dim.symbol("W")), relu::call);

        assertEquals(
                "expected an image of fixed size, got 3*H*W",
                assertThrows(IllegalStateException.class, () -> FlopCount.of(traced))
                        .getMessage());
    }

    private static final class Attending extends Module {

        private final MultiheadAttention attention = child("attention", new MultiheadAttention(5, 1, true, 0));

        private Tensor forward(Tensor x) {
            Tensor tokens = x.reshape(Shape.of(1, 12, 5));
            return attention.call(tokens, tokens);
        }
    }
}
