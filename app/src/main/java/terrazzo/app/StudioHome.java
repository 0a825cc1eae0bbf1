package terrazzo.app;

import java.nio.file.Path;

/// Where a user's settings and plugins are kept.
///
/// @param folder for example `~/.terrazzo`
public record StudioHome(Path folder) {

    /// `.terrazzo` in the user's home.
    public static StudioHome ofUser() {
        return new StudioHome(Path.of(System.getProperty("user.home"), ".terrazzo"));
    }

    public Path settings() {
        return folder.resolve("settings");
    }

    /// Checkpoints that the studio offers by name.
    public Path models() {
        return folder.resolve("models");
    }

    public Path plugins() {
        return folder.resolve("plugins");
    }
}
