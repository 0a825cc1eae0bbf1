package terrazzo.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// What was open in another run.
///
/// @param hasEnded whether the studio was closed; else it was torn down or crashed
/// @param workspace id of the one in front
/// @param states what each workspace told, by its id
public record SavedSession(boolean hasEnded, String workspace, Map<String, JsonNode> states) {

    public SavedSession {
        states = Map.copyOf(states);
    }
}
