package terrazzo.app.settings;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.core.AtomicFile;

/// Keeps settings records in a folder, one JSON file per topic with a `version`. A file that is missing, damaged or
/// from a later version yields the defaults: settings never keep the studio from starting.
public final class SettingsStore {

    private static final Logger log = LoggerFactory.getLogger(SettingsStore.class);
    private static final String VERSION = "version";
    private static final int CURRENT = 1;

    private final Path folder;
    private final Executor writer;
    private final Map<String, JsonNode> savedByTopic = new ConcurrentHashMap<>();
    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /// Writes at once, for short-lived use.
    public SettingsStore(Path folder) {
        this(folder, Runnable::run);
    }

    /// @param writer writes, one after the other, away from the UI thread
    public SettingsStore(Path folder, Executor writer) {
        this.folder = folder;
        this.writer = writer;
    }

    /// The saved record of a topic, or `defaults`.
    public <T extends Record> T load(String topic, T defaults) {
        Path file = file(topic);
        JsonNode saved = savedByTopic.get(topic);
        if (saved == null && !Files.exists(file)) {
            return defaults;
        }
        try {
            JsonNode tree = saved != null ? saved : json.readTree(Files.readString(file));
            if (tree.path(VERSION).asInt() != CURRENT) {
                log.warn("{} was written by another version; defaults are used", file.getFileName());
                return defaults;
            }
            @SuppressWarnings("unchecked") // a record's class is its own
            Class<T> type = (Class<T>) defaults.getClass();
            return json.treeToValue(tree, type);
        } catch (IOException | IllegalArgumentException e) {
            log.warn("can't read {}; defaults are used: {}", file.getFileName(), e.getMessage());
            return defaults;
        }
    }

    /// Saves a record; a failure is logged, for the user can go on.
    public void save(String topic, Record settings) {
        ObjectNode tree = json.createObjectNode().put(VERSION, CURRENT);
        tree.setAll((ObjectNode) json.valueToTree(settings));
        savedByTopic.put(topic, tree);
        writer.execute(() -> write(topic, tree));
    }

    private void write(String topic, JsonNode tree) {
        try {
            AtomicFile.writeText(file(topic), json.writeValueAsString(tree) + "\n");
        } catch (IOException e) {
            log.warn("can't save {}: {}", topic, e.getMessage());
        }
    }

    private Path file(String topic) {
        return folder.resolve(topic + ".json");
    }
}
