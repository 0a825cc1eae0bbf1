package terrazzo.graph.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import terrazzo.config.ConfigLocator;
import terrazzo.core.shape.Shape;
import terrazzo.golden.GoldenFiles;
import terrazzo.graph.Parameter;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;

/// FLOPs and parameters against `tests/golden/complexity.json`, which the reference's counter made.
final class GoldenComplexityTest {

    @TestFactory
    Stream<DynamicTest> agreesWithTheReferencesCounter() throws IOException {
        JsonNode cases = new JsonMapper()
                .readTree(GoldenFiles.committed("complexity.json").toFile());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(c -> DynamicTest.dynamicTest(c.path("config").asText(), () -> agrees(c)));
    }

    private static void agrees(JsonNode golden) throws IOException {
        String config = golden.path("config").asText().replace(".py", "");
        Segmentor model = StandardParts.parts()
                .segmentor(new ConfigLocator().load(config, List.of()).root().node("model"));
        JsonNode shape = golden.path("shape");
        Shape image = Shape.of(
                1, shape.get(0).asLong(), shape.get(1).asLong(), shape.get(2).asLong());

        FlopCount flops = FlopCount.of(TracedModule.of(model, image, model::encodeDecode));

        assertEquals(golden.path("flops").asLong(), flops.total().counted(), "FLOPs");
        assertEquals(golden.path("params").asLong(), parameters(model), "parameters");
    }

    private static long parameters(Segmentor model) {
        return model.state().stream()
                .filter(Parameter::isTrainable)
                .mapToLong(p -> p.shape().numel().intValue())
                .sum();
    }
}
