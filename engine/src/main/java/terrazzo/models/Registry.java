package terrazzo.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.Nearest;

/// The parts of one kind by registered name.
///
/// @param kind what they are, for messages: `backbone`, `head`
/// @param makerByName who builds the part of that name
public record Registry<T>(String kind, Map<String, Maker<T>> makerByName) {

    /// Builds a part from its config and the other registries.
    @FunctionalInterface
    public interface Maker<T> {
        T make(ConfigNode config, Parts parts);
    }

    public Registry {
        makerByName = Collections.unmodifiableMap(new LinkedHashMap<>(makerByName));
    }

    /// Builds the part that `type` names; every key of the config must be known to it.
    ///
    /// @throws terrazzo.core.error.ConfigException when there is no such part or its config is wrong
    public T build(ConfigNode config, Parts parts) {
        Maker<T> maker = makerByName.get(config.type());
        if (maker == null) {
            String suggestion = Nearest.suggestion(config.type(), makerByName.keySet());
            throw config.error(
                    "type",
                    "a " + kind,
                    "'" + config.type() + "'",
                    suggestion.isEmpty() ? "known: " + String.join(", ", makerByName.keySet()) : suggestion);
        }
        T part = maker.make(config, parts);
        config.done();
        return part;
    }

    public Set<String> names() {
        return makerByName.keySet();
    }

    /// The same registry with more parts; a name that is there already is replaced.
    public Registry<T> with(Map<String, Maker<T>> more) {
        Map<String, Maker<T>> all = new LinkedHashMap<>(makerByName);
        all.putAll(more);
        return new Registry<>(kind, all);
    }
}
