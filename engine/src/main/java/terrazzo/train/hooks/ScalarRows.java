package terrazzo.train.hooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.core.image.Raster;
import terrazzo.train.logs.EventFileWriter;
import terrazzo.train.runner.RunFolder;

/// Adds rows to `scalars.json`, one JSON object per line, each in one write, and to TensorBoard's events. What is no
/// finite number is written as Python does, `NaN`.
public final class ScalarRows implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ScalarRows.class);

    private final Path file;
    private final EventFileWriter events;
    private final ObjectMapper json = new ObjectMapper();

    private ScalarRows(Path file, EventFileWriter events) {
        this.file = file;
        this.events = events;
    }

    /// Rows and TensorBoard's events of a run, in its folder.
    public static ScalarRows open(RunFolder folder) throws IOException {
        return new ScalarRows(folder.scalars(), EventFileWriter.create(folder.visData()));
    }

    /// @param step where the row stands in a chart
    void write(Map<String, Number> row, long step) {
        StringBuilder line = new StringBuilder("{");
        row.forEach((key, value) -> {
            ObjectNode one = json.createObjectNode();
            if (value instanceof Long whole) {
                one.put(key, whole.longValue());
            } else if (Double.isFinite(value.doubleValue())) {
                one.put(key, value.doubleValue());
            } else {
                line.append(line.length() > 1 ? ", " : "")
                        .append(TextNode.valueOf(key).toString())
                        .append(": NaN");
                return;
            }
            String text = one.toString();
            line.append(line.length() > 1 ? ", " : "").append(text, 1, text.length() - 1);
        });
        try {
            Files.write(
                    file,
                    line.append("}\n").toString().getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            Map<String, Number> charted = new LinkedHashMap<>(row);
            charted.keySet().removeAll(List.of("iter", "epoch", "step"));
            events.scalars(charted, step);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a picture to TensorBoard's events.
    void image(String tag, Raster picture, long step) {
        try {
            events.image(tag, picture, step);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            events.close();
        } catch (IOException e) { // everything that counts is in scalars.json
            log.warn("the event file can't be closed: {}", e.getMessage());
        }
    }
}
