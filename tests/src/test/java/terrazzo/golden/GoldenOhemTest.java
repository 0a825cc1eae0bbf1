package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.graph.ir.Graph;
import terrazzo.models.Loss;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.models.losses.OHEMPixelSampler;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchWeights;

/// The pixels that online hard example mining keeps, against the reference.
@Tag("golden")
@ExtendWith(WithTorch.class)
final class GoldenOhemTest {

    private static final int CLASSES = 5;

    private final TorchRuntime runtime;

    GoldenOhemTest(TorchRuntime runtime) {
        this.runtime = runtime;
    }

    @TestFactory
    Stream<DynamicTest> keepsThePixelsThatTheReferenceKeeps() throws IOException {
        return StreamSupport.stream(GoldenPixels.load("ohem.json").spliterator(), false)
                .map(c -> dynamicTest(
                        "thresh " + c.get("thresh") + ", min_kept " + c.get("min_kept"),
                        () -> assertEquals(c.get("mask").asText(), kept(c))));
    }

    /// One digit per pixel: 1 where it is kept.
    private String kept(JsonNode c) {
        OptionalDouble thresh =
                c.hasNonNull("thresh") ? OptionalDouble.of(c.get("thresh").asDouble()) : OptionalDouble.empty();
        OHEMPixelSampler sampler =
                new OHEMPixelSampler(thresh, c.get("min_kept").asInt());
        Loss loss = StandardParts.parts()
                .losses()
                .build(ConfigNode.ofType("CrossEntropyLoss", "loss_decode"), StandardParts.parts());
        GoldenPixels pixels = new GoldenPixels(CLASSES, CLASSES);
        Trace trace = new Trace(Trace.Mode.TRAIN);
        Tensor weight = sampler.sample(pixels.trace(trace, false), List.of(loss));
        Graph graph = trace.finish(Map.of("weight", weight));
        try (TorchScope scope = runtime.scope();
                TorchWeights weights = TorchWeights.of(graph, _ -> pixels.logits(scope))) {
            float[] got = runtime.compile(Map.of("sample", graph))
                    .run(scope, "sample", List.of(pixels.label(scope)), weights)
                    .getFirst()
                    .toFloats();
            StringBuilder digits = new StringBuilder();
            for (float w : got) {
                digits.append(w == 0 ? '0' : '1');
            }
            return digits.toString();
        }
    }
}
