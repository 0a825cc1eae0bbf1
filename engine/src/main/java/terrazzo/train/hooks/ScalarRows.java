package terrazzo.train.hooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// Adds rows to `scalars.json`, one JSON object per line, each in one write. What is no finite number is written as
/// Python does, `NaN`.
public final class ScalarRows {

    private final Path file;
    private final ObjectMapper json = new ObjectMapper();

    ScalarRows(Path file) {
        this.file = file;
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
                        .append(json.valueToTree(key))
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
