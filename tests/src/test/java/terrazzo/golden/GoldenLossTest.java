package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import terrazzo.core.error.ConfigException;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.models.Loss;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.runtime.TorchProgram;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.runtime.TorchWeights;

/// Every loss against the reference: value and gradient.
@Tag("golden")
@ExtendWith(WithTorch.class)
final class GoldenLossTest {

    private final TorchRuntime runtime;

    GoldenLossTest(TorchRuntime runtime) {
        this.runtime = runtime;
    }

    @TestFactory
    Stream<DynamicTest> givesTheReferencesValueAndGradient() throws IOException {
        return cases().filter(c -> c.has("loss")).map(c -> dynamicTest(name(c), () -> check(c)));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatTheReferenceRefuses() throws IOException {
        return cases().filter(
                        c -> c.has("error") && c.get("cfg").path("use_sigmoid").asBoolean())
                .map(c -> dynamicTest(name(c), () -> {
                    ConfigException e = assertThrows(ConfigException.class, () -> loss(c));
                    assertEquals(
                            "<golden>: class_weight: expected None, as use_sigmoid is True,"
                                    + " got [0.8, 1.2, 0.5, 2.0, 1.0]",
                            e.getMessage());
                }));
    }

    private static Stream<JsonNode> cases() throws IOException {
        return StreamSupport.stream(GoldenPixels.load("losses.json").spliterator(), false);
    }

    private static String name(JsonNode c) {
        return c.get("cfg") + " " + c.path("kwargs");
    }

    private static Loss loss(JsonNode c) {
        return StandardParts.parts().losses().build(GoldenModel.node(c.get("cfg")), StandardParts.parts());
    }

    private void check(JsonNode c) {
        GoldenPixels pixels = new GoldenPixels(
                c.get("shape").get(1).asInt(), c.get("num_classes").asInt());
        boolean weighted = c.path("kwargs").has("weight");
        Trace trace = new Trace(Trace.Mode.TRAIN);
        Tensor loss = loss(c).call(pixels.trace(trace, weighted));
        Graph graph = trace.finish(Map.of("loss", loss));
        try (TorchScope scope = runtime.scope();
                TorchWeights weights = TorchWeights.of(graph, _ -> pixels.logits(scope))) {
            weights.requireGradients(graph);
            TorchProgram program = runtime.compile(Map.of("loss", graph));
            List<TorchTensor> inputs = new ArrayList<>(List.of(pixels.label(scope)));
            if (weighted) {
                inputs.add(pixels.weight(scope));
            }
            TorchTensor got =
                    program.runWithGradients(scope, "loss", inputs, weights).getFirst();
            double expected = c.get("loss").asDouble();
            assertEquals(expected, got.toFloats()[0], 2e-5 * Math.abs(expected), "loss");
            got.backward();
            float[] gradient = weights.get("logits").gradient().orElseThrow();
            double norm = c.get("grad_norm").asDouble();
            assertEquals(norm, GoldenRun.norm(gradient), 1e-4 * norm, "norm of the gradient");
            for (int i = 0; i < c.get("grad_head").size(); i++) {
                assertEquals(c.get("grad_head").get(i).asDouble(), gradient[i], 1e-5 * norm, "gradient " + i);
            }
        }
    }
}
