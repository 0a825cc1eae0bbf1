package terrazzo.inference.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import terrazzo.core.Size;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.inference.zoo.ZooModel.Cost;
import terrazzo.inference.zoo.ZooModel.Scores;

/// The trained models that MMSegmentation publishes, by the name of their config.
public final class ModelZoo {

    private static final String FOLDER = "/terrazzo/catalogue/";

    private final Map<String, ZooModel> modelByConfig;
    private final Map<String, Paper> paperByFamily;

    private ModelZoo(Map<String, ZooModel> modelByConfig, Map<String, Paper> paperByFamily) {
        this.modelByConfig = modelByConfig;
        this.paperByFamily = paperByFamily;
    }

    /// Reads the bundled catalogue.
    public static ModelZoo load() throws IOException {
        Map<String, ZooModel> models = new LinkedHashMap<>();
        for (JsonNode entry : read("model-zoo.json").path("models")) {
            ZooModel model = model(entry);
            models.put(model.config(), model);
        }
        Map<String, Paper> papers = new TreeMap<>();
        read("papers.json").properties().forEach(entry -> papers.put(entry.getKey(), paper(entry.getValue())));
        return new ModelZoo(models, papers);
    }

    private static JsonNode read(String name) throws IOException {
        try (InputStream in = ModelZoo.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the resources of the program are incomplete: no " + FOLDER + name);
            }
            return new JsonMapper().readTree(in);
        }
    }

    private static Paper paper(JsonNode entry) {
        return new Paper(
                entry.path("name").asText(),
                entry.path("title").asText(),
                entry.path("url").asText(),
                entry.path("year").asInt());
    }

    private static ZooModel model(JsonNode entry) {
        JsonNode crop = entry.path("cropSize");
        return new ZooModel(
                entry.path("config").asText(),
                entry.path("dataset").asText(),
                entry.path("backbone").asText(),
                new Size(crop.path(0).asInt(), crop.path(1).asInt()),
                entry.path("iterations").asInt(),
                new Scores(number(entry, "mIoU"), number(entry, "mIoUFlip"), number(entry, "mDice")),
                new Cost(number(entry, "inferenceMillis"), number(entry, "trainingMemoryGb")),
                URI.create(entry.path("weights").asText()));
    }

    private static OptionalDouble number(JsonNode entry, String key) {
        return entry.has(key) ? OptionalDouble.of(entry.path(key).asDouble()) : OptionalDouble.empty();
    }

    /// All models in the order of the catalogue.
    public List<ZooModel> models() {
        return List.copyOf(modelByConfig.values());
    }

    /// The model of a config.
    ///
    /// @param config `family/name`
    public Optional<ZooModel> find(String config) {
        return Optional.ofNullable(modelByConfig.get(config));
    }

    /// The paper of a family.
    ///
    /// @param config `family/name`, or the family alone
    public Optional<Paper> paper(String config) {
        return Optional.ofNullable(paperByFamily.get(config.replaceFirst("/.*", "")));
    }

    /// The model of a config, which must have one.
    ///
    /// @param config `family/name`
    /// @throws CheckpointException when nobody published one
    public ZooModel require(String config) {
        return find(config)
                .orElseThrow(() -> new CheckpointException(Complaint.at(config)
                        .expected("a model with published weights")
                        .got("a config without")
                        .advice("name a checkpoint with --checkpoint; 'terrazzo model list' shows who has weights")));
    }
}
