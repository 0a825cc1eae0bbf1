package terrazzo.app.workspace.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.core.error.Complaint;

/// How a run is doing, as its `status.json` says.
///
/// @param state what it does
/// @param iter iterations done
/// @param maxIters iterations of the whole run, 0 when not known
/// @param loss NaN when not known
/// @param lr NaN when not known
/// @param imagesPerSecond NaN when not known
/// @param secondsLeft NaN when not known
/// @param message one sentence, may be empty
record RunStatus(
        State state,
        long iter,
        long maxIters,
        double loss,
        double lr,
        double imagesPerSecond,
        double secondsLeft,
        String message) {

    static final RunStatus NONE = new RunStatus(State.NONE, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, "");

    /// As [Complaint#text] words it.
    private static final Pattern COMPLAINT =
            Pattern.compile("(?:(?<where>.+?): )?expected (?<expected>.+?), got (?<got>.+?)(?: — (?<advice>.+))?");

    enum State {
        /// Nothing was written yet.
        NONE,
        QUEUED,
        CHECKING,
        TRAINING,
        VALIDATING,
        PAUSED,
        STOPPED,
        FINISHED,
        FAILED,
        /// Its process ended without a word.
        LOST;

        /// Whether a process is at work.
        boolean isLive() {
            return this == CHECKING || this == TRAINING || this == VALIDATING || this == PAUSED;
        }

        /// Whether it ended otherwise than it was meant to.
        boolean isBad() {
            return this == FAILED || this == LOST;
        }

        String textKey() {
            return "train.state." + name().toLowerCase(Locale.ROOT);
        }
    }

    /// One that has begun too little for figures.
    static RunStatus of(State state) {
        return new RunStatus(state, 0, 0, NONE.loss, NONE.lr, NONE.imagesPerSecond, NONE.secondsLeft, "");
    }

    /// The same figures, of a run that failed.
    RunStatus failed(String why) {
        return new RunStatus(State.FAILED, iter, maxIters, loss, lr, imagesPerSecond, secondsLeft, why);
    }

    /// The message in its parts, where it has them.
    Optional<Complaint> complaint() {
        Matcher parts = COMPLAINT.matcher(message);
        return parts.matches()
                ? Optional.of(new Complaint(
                        Objects.requireNonNullElse(parts.group("where"), ""),
                        parts.group("expected"),
                        parts.group("got"),
                        Objects.requireNonNullElse(parts.group("advice"), "")))
                : Optional.empty();
    }

    /// Whether its process reads what it is told.
    boolean canBeTold() {
        return state.isLive() && maxIters > 0;
    }

    /// How far it has come, 0 to 1.
    double fraction() {
        return maxIters == 0 ? 0 : Math.min(1, (double) iter / (double) maxIters);
    }

    /// Reads the file; a run whose process is gone is lost, whatever it said last.
    static RunStatus read(JsonNode json) {
        State state = state(json.path("state").asText());
        return new RunStatus(
                state.isLive() && !isAlive(json) ? State.LOST : state,
                json.path("iter").asLong(),
                json.path("maxIters").asLong(),
                json.path("loss").asDouble(Double.NaN),
                json.path("lr").asDouble(Double.NaN),
                json.path("imagesPerSecond").asDouble(Double.NaN),
                json.path("secondsLeft").asDouble(Double.NaN),
                json.path("message").asText(""));
    }

    private static State state(String name) {
        for (State state : State.values()) {
            if (state.name().equalsIgnoreCase(name)) {
                return state;
            }
        }
        return State.NONE;
    }

    /// Whether the process is there and is still the same one: numbers of processes are used again.
    private static boolean isAlive(JsonNode json) {
        String start = json.path("host_start").asText("");
        return ProcessHandle.of(json.path("pid").asLong())
                .filter(ProcessHandle::isAlive)
                .filter(p -> start.isEmpty()
                        || p.info()
                                .startInstant()
                                .map(s -> Math.abs(ChronoUnit.SECONDS.between(s, Instant.parse(start))) <= 2)
                                .orElse(true))
                .isPresent();
    }
}
