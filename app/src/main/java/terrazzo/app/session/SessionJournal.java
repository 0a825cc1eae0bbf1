package terrazzo.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.core.AtomicFile;

/// The file in which an open session is kept: `{"version": 1, "hasEnded": …, "workspace": …, "states": {ID: …}}`. It is
/// replaced in one step whenever something changed; a file that is damaged or of another version counts as none.
public final class SessionJournal {

    private static final Logger log = LoggerFactory.getLogger(SessionJournal.class);
    private static final int VERSION = 1;

    private final Path file;
    private final Executor writer;
    private final ObjectMapper json = new JsonMapper();
    private final Optional<SavedSession> last;
    private Optional<Kept> kept = Optional.empty();

    /// A session as it is now.
    private record Kept(boolean hasEnded, String workspace, Map<String, Record> states) {}

    /// Reads the session before.
    ///
    /// @param file may not be there yet
    /// @param writer writes, one after the other
    public SessionJournal(Path file, Executor writer) {
        this.file = file;
        this.writer = writer;
        this.last = read();
    }

    /// What was open when the studio ran last.
    public Optional<SavedSession> last() {
        return last;
    }

    /// Keeps what is open now. Nothing open leaves the file as it is, so that a session can still be restored after one
    /// in which nothing was done. Only records are compared here; the text is made where it is written.
    ///
    /// @param hasEnded whether the studio is closing
    /// @param workspace id of the one in front
    /// @param states records by workspace
    public void keep(boolean hasEnded, String workspace, Map<String, Record> states) {
        if (states.isEmpty()) {
            return;
        }
        Kept now = new Kept(hasEnded, workspace, new LinkedHashMap<>(states));
        if (!kept.equals(Optional.of(now))) {
            kept = Optional.of(now);
            writer.execute(() -> write(now));
        }
    }

    private void write(Kept session) {
        ObjectNode tree = json.createObjectNode()
                .put("version", VERSION)
                .put("hasEnded", session.hasEnded)
                .put("workspace", session.workspace);
        ObjectNode nodes = tree.putObject("states");
        session.states.forEach((id, state) -> nodes.set(id, json.valueToTree(state)));
        try {
            AtomicFile.writeText(file, tree.toPrettyString() + "\n");
        } catch (IOException e) {
            log.warn("can't keep the session: {}", e.getMessage());
        }
    }

    private Optional<SavedSession> read() {
        try {
            JsonNode tree = Files.exists(file) ? json.readTree(Files.readString(file)) : json.createObjectNode();
            if (tree.path("version").asInt() != VERSION || !tree.path("states").isObject()) {
                return Optional.empty();
            }
            Map<String, JsonNode> states = new HashMap<>();
            tree.path("states").properties().forEach(e -> states.put(e.getKey(), e.getValue()));
            return Optional.of(new SavedSession(
                    tree.path("hasEnded").asBoolean(), tree.path("workspace").asText(), states));
        } catch (IOException e) {
            log.warn("can't read the last session: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
