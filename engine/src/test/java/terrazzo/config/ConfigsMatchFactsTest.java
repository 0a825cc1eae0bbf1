package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.Bool;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.Int;
import terrazzo.config.value.Value.ListValue;
import terrazzo.config.value.Value.None;
import terrazzo.config.value.Value.Real;
import terrazzo.config.value.Value.Str;
import terrazzo.config.value.Value.TupleValue;

/// Our configs against `tests/golden/facts/configs.json.gz`: what the configs of MMSegmentation 1.0.0rc0 resolve to in
/// mmengine. Lists and tuples count as equal, `1` and `1.0` do not.
class ConfigsMatchFactsTest {

    private static final Path CONFIGS = Path.of("../configs");
    private static final Path GOLDEN = Path.of("../tests/golden");

    @Test
    void eachConfigResolvesToTheSameDictAsInMMSegmentation() throws IOException {
        JsonNode facts;
        try (InputStream in = new GZIPInputStream(
                new FileInputStream(GOLDEN.resolve("facts/configs.json.gz").toFile()))) {
            facts = new ObjectMapper().readTree(in);
        }
        assertEquals(638, facts.size());
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> fact : facts.properties()) {
            Map<String, String> expected = flat(fact.getValue());
            Map<String, String> got =
                    flat(Config.load(CONFIGS.resolve(fact.getKey())).dict());
            TreeSet<String> paths = new TreeSet<>(expected.keySet());
            paths.addAll(got.keySet());
            differences.addAll(differences(fact.getKey(), paths, expected, got));
        }
        assertEquals(List.of(), differences);
    }

    /// Our config says all that the golden training was made with; it may say more. The log level is a matter of taste.
    @ParameterizedTest
    @CsvSource(textBlock = """
        unet_sgd_poly, unet/unet-s4-w8_fcn_1xb4-30i_scenes-96x128
        segformer_adamw, segformer/segformer_mit-w8_1xb4-30i_scenes-96x128
        """)
    void theScenesAreTrainedAsInTheGoldenRuns(String run, String config) throws IOException {
        Path golden = GOLDEN.resolve("e2e/" + run + ".config.json");
        Map<String, String> expected = flat(new ObjectMapper().readTree(golden.toFile()));
        Map<String, String> got =
                flat(Config.load(CONFIGS.resolve(config + ".py")).dict());
        expected.remove(".log_level");
        assertEquals(List.of(), differences(config, expected.keySet(), expected, got));
    }

    @Test
    void eachBaseCanBeReadAloneAndNoLineIsTooWide() throws IOException {
        List<Path> configs;
        try (Stream<Path> files = Files.walk(CONFIGS, 3)) {
            configs = files.filter(file -> file.toString().endsWith(".py"))
                    .filter(file -> !file.startsWith(CONFIGS.resolve("target")))
                    .sorted()
                    .toList();
        }
        List<String> wide = new ArrayList<>();
        for (Path file : configs) {
            if (file.startsWith(CONFIGS.resolve("_base_"))) {
                Config.load(file);
            }
            Files.readAllLines(file).stream()
                    .filter(line -> line.length() > 120)
                    .forEach(line -> wide.add(file + ": " + line));
        }
        assertEquals(List.of(), wide);
    }

    private static List<String> differences(
            String config, Iterable<String> paths, Map<String, String> expected, Map<String, String> got) {
        List<String> lines = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(expected.get(path), got.get(path))) {
                lines.add(config + path + ": expected " + expected.get(path) + ", got " + got.get(path));
            }
        }
        return lines;
    }

    /// Every scalar by its path; empty dicts and lists stand for themselves.
    private static Map<String, String> flat(JsonNode json) {
        Map<String, String> leaves = new TreeMap<>();
        flatten("", json, leaves);
        return leaves;
    }

    private static Map<String, String> flat(Value value) {
        Map<String, String> leaves = new TreeMap<>();
        flatten("", value, leaves);
        return leaves;
    }

    private static void flatten(String path, JsonNode json, Map<String, String> leaves) {
        if (json.isEmpty() || json.isValueNode()) {
            leaves.put(path, json.toString());
        }
        json.properties().forEach(entry -> flatten(path + "." + entry.getKey(), entry.getValue(), leaves));
        if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                flatten(path + "." + i, json.get(i), leaves);
            }
        }
    }

    private static void flatten(String path, Value value, Map<String, String> leaves) {
        switch (value) {
            case None _ -> leaves.put(path, "null");
            case Bool(var b) -> leaves.put(path, Boolean.toString(b));
            case Int(var i) -> leaves.put(path, Long.toString(i));
            case Real(var d) -> leaves.put(path, Double.toString(d));
            case Str(var s) -> leaves.put(path, '"' + s + '"');
            case ListValue(var items) -> flattenItems(path, items, leaves);
            case TupleValue(var items) -> flattenItems(path, items, leaves);
            case DictValue dict -> {
                dict.entries().forEach((key, item) -> flatten(path + "." + key, item, leaves));
                if (dict.entries().isEmpty()) {
                    leaves.put(path, "{}");
                }
            }
        }
    }

    private static void flattenItems(String path, List<Value> items, Map<String, String> leaves) {
        for (int i = 0; i < items.size(); i++) {
            flatten(path + "." + i, items.get(i), leaves);
        }
        if (items.isEmpty()) {
            leaves.put(path, "[]");
        }
    }
}
