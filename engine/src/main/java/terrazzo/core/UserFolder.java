package terrazzo.core;

import java.nio.file.Path;
import java.util.Map;

/// Where a user's models, caches and logs are kept.
///
/// @param path for example `~/.terrazzo`
public record UserFolder(Path path) {

    /// Names another folder than `.terrazzo` in the user's home.
    public static final String VARIABLE = "TERRAZZO_HOME";

    /// The folder that `TERRAZZO_HOME` names, else `.terrazzo` in the user's home.
    ///
    /// @param environment variables by name
    public static UserFolder of(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        return new UserFolder(
                named.isBlank() ? Path.of(System.getProperty("user.home"), ".terrazzo") : Path.of(named.strip()));
    }

    /// Checkpoints of the catalogue, as their publishers named them.
    public Path models() {
        return path.resolve("models");
    }

    /// Files that can be made again at any time.
    public Path cache() {
        return path.resolve("cache");
    }

    /// Jars that add to engine and studio.
    public Path plugins() {
        return path.resolve("plugins");
    }

    /// What is written down of faults.
    public Path logs() {
        return path.resolve("logs");
    }
}
