package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import terrazzo.config.Config;
import terrazzo.config.ConfigNode;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;
import terrazzo.train.optim.OptimWrapperConstructors;
import terrazzo.train.optim.Optimizers;
import terrazzo.train.optim.ParamGroup;

/// The learning rate and the weight decay of every weight of whole models, against the reference.
@Tag("golden")
final class GoldenParamGroupsTest {

    @TestFactory
    Stream<DynamicTest> givesEachWeightItsRates() throws IOException {
        JsonNode cases;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of("golden", "param_groups.json.gz")))) {
            cases = new ObjectMapper().readTree(in);
        }
        return StreamSupport.stream(cases.spliterator(), false)
                .map(c -> dynamicTest(c.get("config").asText(), () -> check(c)));
    }

    private static void check(JsonNode c) {
        Segmentor model = StandardParts.parts()
                .segmentor(Config.fromJson("{\"model\": " + c.get("model") + "}", "golden")
                        .root()
                        .node("model"));
        ConfigNode wrapper = Config.fromJson("{\"optim_wrapper\": " + c.get("optim_wrapper") + "}", "golden")
                .root()
                .node("optim_wrapper");
        List<ParamGroup> groups = OptimWrapperConstructors.builtIn().groups(model, wrapper);
        ConfigNode optimizer = wrapper.node("optimizer");
        Optimizers.builtIn().rule(optimizer);

        TreeMap<String, List<Double>> got = new TreeMap<>();
        for (ParamGroup group : groups) {
            double lr = group.has("lr") ? group.lr() : optimizer.number("lr");
            double decay =
                    group.has("weight_decay") ? group.number("weight_decay") : optimizer.number("weight_decay", 0);
            group.keys().forEach(key -> got.put(key, List.of(lr, decay)));
        }
        JsonNode expected = c.get("groups");
        TreeSet<String> names = new TreeSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        assertEquals(names, got.keySet());
        got.forEach((name, rates) -> {
            assertEquals(expected.get(name).get(0).asDouble(), rates.get(0), 1e-15, name + " lr");
            assertEquals(expected.get(name).get(1).asDouble(), rates.get(1), 1e-15, name + " weight_decay");
        });
    }
}
