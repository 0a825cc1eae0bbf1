package terrazzo.train.runner;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import terrazzo.checkpoint.HistoryBuffer;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.Dict;

/// What hooks tell each other and checkpoints keep: courses of numbers (`train/loss`, `val/mIoU`) and single facts
/// (`iter`, `best_score`).
public final class MessageHub {

    private static final String SCALARS = "log_scalars";
    private static final String FACTS = "runtime_info";
    private static final String RESUMED = "resumed_keys";

    private final Map<String, ScalarHistory> historyByKey = new LinkedHashMap<>();
    private final Map<String, PickleValue> factByKey = new LinkedHashMap<>();

    /// Adds a number to the course of `key`, which begins with `train/` or `val/`.
    public void scalar(String key, double value) {
        historyByKey.computeIfAbsent(key, _ -> new ScalarHistory()).add(value);
    }

    /// The last number of a course; NaN before the first.
    public double current(String key) {
        ScalarHistory history = historyByKey.get(key);
        return history == null ? Double.NaN : history.current();
    }

    /// The mean of the last `window` numbers of a course; NaN before the first.
    public double mean(String key, int window) {
        ScalarHistory history = historyByKey.get(key);
        return history == null ? Double.NaN : history.mean(window);
    }

    /// Names of the courses below a prefix, without it, in the order in which they began.
    public void below(String prefix, BiConsumer<String, String> each) {
        for (String key : historyByKey.keySet()) {
            if (key.startsWith(prefix)) {
                each.accept(key.substring(prefix.length()), key);
            }
        }
    }

    /// Sets a fact.
    public void fact(String key, PickleValue value) {
        factByKey.put(key, value);
    }

    public Optional<PickleValue> fact(String key) {
        return Optional.ofNullable(factByKey.get(key));
    }

    /// Everything in mmengine's layout.
    public PickleValue toValue() {
        Dict scalars = Dict.ordered();
        historyByKey.forEach((key, h) -> scalars.put(key, h.toBuffer().toValue()));
        Dict facts = Dict.ordered();
        factByKey.forEach(facts::put);
        Dict resumed = Dict.ordered();
        historyByKey.keySet().forEach(key -> resumed.put(key, PickleValue.of(true)));
        factByKey.keySet().forEach(key -> resumed.put(key, PickleValue.of(true)));
        return Dict.plain().put(SCALARS, scalars).put(FACTS, facts).put(RESUMED, resumed);
    }

    /// Goes on from a checkpoint; what is there under other keys stays.
    public void load(PickleValue saved) {
        entries(saved, SCALARS)
                .forEach((key, value) ->
                        HistoryBuffer.of(value).ifPresent(buffer -> historyByKey.put(key, new ScalarHistory(buffer))));
        factByKey.putAll(entries(saved, FACTS));
    }

    private static Map<String, PickleValue> entries(PickleValue saved, String part) {
        Map<String, PickleValue> entries = new LinkedHashMap<>();
        if (saved.at(part).orElse(Dict.plain()) instanceof Dict dict) {
            dict.entries().forEach((key, value) -> key.asText().ifPresent(text -> entries.put(text, value)));
        }
        return entries;
    }
}
