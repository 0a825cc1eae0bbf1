package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Keeps the table of methods in `configs/README.md` true; `-Dgolden.update=true` rewrites it and fails.
class ConfigsReadmeTest {

    private static final Path README = Path.of("../configs/README.md");
    private static final Path CATALOGUE = Path.of("../resources/src/main/resources/terrazzo/catalogue");
    private static final Path RESULTS = Path.of("../tests/golden/results.tsv");
    private static final String START = "<!-- methods: written by ConfigsReadmeTest -->\n";
    private static final String END = "<!-- end -->";

    /// What the configs of a family are made of.
    ///
    /// @param backbones registered names
    /// @param heads registered names of necks and heads
    private record Family(Set<String> configs, Set<String> backbones, Set<String> heads) {
        Family() {
            this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        }
    }

    @Test
    void theTableNamesTheMethodsPartsAndNumbers() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf(START) + START.length();
        int end = readme.indexOf(END, start);
        String table = table();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(README, readme.substring(0, start) + table + readme.substring(end));
            fail("configs/README.md was rewritten: look at what changed");
        }
        assertEquals(table, readme.substring(start, end));
    }

    private static String table() throws IOException {
        Map<String, Family> families = families();
        Map<String, Integer> checkpoints = checkpoints();
        Map<String, Golden> golden = golden(families);
        JsonNode papers =
                new ObjectMapper().readTree(CATALOGUE.resolve("papers.json").toFile());
        StringBuilder table = new StringBuilder();
        table.append(
                "| method | paper | backbones | necks and heads | configs | checkpoints | evaluation | training |\n");
        table.append("|---|---|---|---|---|---|---|---|\n");
        families.forEach((folder, family) -> {
            JsonNode paper = papers.get(folder);
            Golden met = golden.getOrDefault(folder, new Golden());
            List<String> cells = List.of(
                    "[" + paper.get("name").asText() + "](" + folder + ")",
                    "[" + paper.get("title").asText() + "](" + paper.get("url").asText() + "), "
                            + paper.get("year").asInt(),
                    String.join(", ", family.backbones),
                    String.join(", ", family.heads),
                    Integer.toString(family.configs.size()),
                    Integer.toString(checkpoints.getOrDefault(folder, 0)),
                    met.eval(),
                    met.training());
            table.append("| ").append(String.join(" | ", cells)).append(" |\n");
        });
        return table.toString();
    }

    private static Map<String, Family> families() throws IOException {
        Map<String, Family> families = new TreeMap<>();
        ConfigLocator locator = new ConfigLocator();
        for (String name : locator.packed()) {
            Family family = families.computeIfAbsent(folder(name), _ -> new Family());
            family.configs.add(name);
            ConfigNode model = locator.load(name, List.of()).root().node("model");
            addTypes(model, "backbone", family.backbones);
            addTypes(model.node("backbone"), "backbone_cfg", family.backbones);
            addTypes(model, "neck", family.heads);
            addTypes(model, "decode_head", family.heads);
            addTypes(model, "auxiliary_head", family.heads);
            for (ConfigNode head : model.nodes("decode_head")) { // K-Net has heads inside its head
                addTypes(head, "kernel_generate_head", family.heads);
                addTypes(head, "kernel_update_head", family.heads);
            }
        }
        return families;
    }

    private static void addTypes(ConfigNode parent, String key, Set<String> types) {
        parent.nodes(key).forEach(part -> types.add(part.type()));
    }

    private static Map<String, Integer> checkpoints() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        JsonNode zoo =
                new ObjectMapper().readTree(CATALOGUE.resolve("model-zoo.json").toFile());
        zoo.get("models").forEach(row -> counts.merge(folder(row.get("config").asText()), 1, Integer::sum));
        return counts;
    }

    /// How many models of a family were held against the reference and met it.
    ///
    /// @param evals how far each is off in evaluation, as a part of what is allowed
    /// @param trainings the same in training, for those that the reference could train
    private record Golden(List<Double> evals, List<Double> trainings) {
        Golden() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        String eval() {
            return met(evals);
        }

        String training() {
            return met(trainings);
        }

        private static String met(List<Double> off) {
            return off.isEmpty() ? "-" : off.stream().filter(x -> x <= 1).count() + " of " + off.size();
        }
    }

    private static Map<String, Golden> golden(Map<String, Family> families) throws IOException {
        Map<String, String> folderByModel = new TreeMap<>();
        Map<String, Golden> golden = new TreeMap<>();
        families.forEach((folder, family) -> {
            golden.put(folder, new Golden());
            family.configs.forEach(config ->
                    folderByModel.put(config.substring(folder.length() + 1, config.length() - ".py".length()), folder));
        });
        for (String line : Files.readAllLines(RESULTS)) {
            if (!line.startsWith("#")) {
                List<String> cells = List.of(line.split("\t"));
                Golden family = Objects.requireNonNull(golden.get(folderByModel.get(cells.get(0))), line);
                family.evals.add(Double.parseDouble(cells.get(1)));
                if (!cells.get(2).equals("-")) {
                    double loss = Double.parseDouble(cells.get(2));
                    family.trainings.add(Math.max(loss, Double.parseDouble(cells.get(3))));
                }
            }
        }
        return golden;
    }

    private static String folder(String name) {
        return name.substring(0, name.indexOf('/'));
    }
}
