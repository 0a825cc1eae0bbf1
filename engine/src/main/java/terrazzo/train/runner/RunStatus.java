package terrazzo.train.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// How a run is doing, for whoever watches it.
///
/// @param state what it does now
/// @param iter iterations done
/// @param maxIters iterations of the whole run
/// @param epoch rounds done
/// @param loss of the last iterations, NaN before the first
/// @param lr learning rate of the first group
/// @param imagesPerSecond images trained on per second of late
/// @param secondsLeft until the end, NaN when not known
/// @param dataWait part of the time that is spent waiting for data, 0 to 1
/// @param message one sentence, may be empty
public record RunStatus(
        State state,
        long iter,
        long maxIters,
        long epoch,
        double loss,
        double lr,
        double imagesPerSecond,
        double secondsLeft,
        double dataWait,
        String message) {

    /// What a run does.
    public enum State {
        CHECKING,
        TRAINING,
        VALIDATING,
        PAUSED,
        STOPPED,
        FINISHED,
        FAILED
    }

    /// As `status.json` holds it.
    String toJson(ObjectMapper json) {
        ProcessHandle process = ProcessHandle.current();
        ObjectNode node = json.createObjectNode();
        node.put("pid", process.pid());
        process.info().startInstant().ifPresent(start -> node.put("host_start", start.toString()));
        node.put("state", state.name().toLowerCase(Locale.ROOT));
        node.put("iter", iter).put("maxIters", maxIters).put("epoch", epoch);
        number(node, "loss", loss);
        number(node, "lr", lr);
        number(node, "imagesPerSecond", imagesPerSecond);
        number(node, "secondsLeft", secondsLeft);
        number(node, "dataWait", dataWait);
        node.put("message", message);
        return node.toString();
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
