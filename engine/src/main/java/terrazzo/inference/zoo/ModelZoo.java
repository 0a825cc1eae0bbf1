package terrazzo.inference.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import terrazzo.core.Size;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.inference.zoo.ZooModel.Scores;

/// The trained models that MMSegmentation publishes, by the name of their config.
public final class ModelZoo {

    private static final String CATALOGUE = "/terrazzo/catalogue/model-zoo.json";

    private final Map<String, ZooModel> modelByConfig;

    private ModelZoo(Map<String, ZooModel> modelByConfig) {
        this.modelByConfig = modelByConfig;
    }

    /// Reads the bundled catalogue.
    public static ModelZoo load() throws IOException {
        try (InputStream in = ModelZoo.class.getResourceAsStream(CATALOGUE)) {
            if (in == null) {
                throw new IllegalStateException("the resources of the program are incomplete: no " + CATALOGUE);
            }
            Map<String, ZooModel> models = new LinkedHashMap<>();
            for (JsonNode entry : new JsonMapper().readTree(in).path("models")) {
                ZooModel model = read(entry);
                models.put(model.config(), model);
            }
            return new ModelZoo(models);
        }
    }

    private static ZooModel read(JsonNode entry) {
        JsonNode crop = entry.path("cropSize");
        return new ZooModel(
                entry.path("config").asText(),
                entry.path("dataset").asText(),
                entry.path("backbone").asText(),
                new Size(crop.path(0).asInt(), crop.path(1).asInt()),
                entry.path("iterations").asInt(),
                new Scores(number(entry, "mIoU"), number(entry, "mIoUFlip"), number(entry, "mDice")),
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

    /// The checkpoint of a config's model.
    ///
    /// @param config `family/name`
    /// @param folder where downloaded checkpoints are
    /// @throws CheckpointException when nobody published one, or it is not in `folder`; says where to get it
    public Path checkpoint(String config, Path folder) {
        ZooModel model = find(config)
                .orElseThrow(() -> new CheckpointException(Complaint.at(config)
                        .expected("a model with published weights")
                        .got("a config without")
                        .advice("name a checkpoint with --checkpoint; 'terrazzo model list' shows who has weights")));
        return model.checkpointIn(folder)
                .orElseThrow(() -> new CheckpointException(Complaint.at(config)
                        .expected(model.fileName() + " in " + folder)
                        .got("no such file")
                        .advice("download " + model.weights() + " into that folder")));
    }
}
