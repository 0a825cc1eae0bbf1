package terrazzo.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.Nearest;

/// The catalogue of metrics by registered name. Immutable; plugins add theirs with [#with].
public final class Metrics {

    /// Makes a metric from its settings.
    @FunctionalInterface
    public interface Reader {

        /// @param classes names of the data set's classes, by index
        Metric read(ConfigNode settings, List<String> classes);
    }

    private final Map<String, Reader> readerByName;

    private Metrics(Map<String, Reader> readerByName) {
        this.readerByName = readerByName;
    }

    public static Metrics builtIn() {
        return new Metrics(Map.of("IoUMetric", (c, classes) -> new IoUMetric(IoUMetric.Config.read(c), classes)));
    }

    /// This catalogue with one more metric; a name that is there already is replaced.
    public Metrics with(String name, Reader reader) {
        Map<String, Reader> more = new LinkedHashMap<>(readerByName);
        more.put(name, reader);
        return new Metrics(more);
    }

    public Set<String> names() {
        return Set.copyOf(readerByName.keySet());
    }

    /// The metric that `settings` (an entry of `test_evaluator`) describe.
    ///
    /// @throws ConfigException when `type` is unknown, or a key is unknown or wrong
    public Metric build(ConfigNode settings, List<String> classes) {
        String type = settings.type();
        Reader reader = readerByName.get(type);
        if (reader == null) {
            throw settings.error("type", "a metric", "'" + type + "'", Nearest.suggestion(type, names()));
        }
        return reader.read(settings, classes);
    }
}
