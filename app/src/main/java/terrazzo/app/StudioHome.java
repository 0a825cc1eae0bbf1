package terrazzo.app;

import java.nio.file.Path;
import terrazzo.core.UserFolder;

/// Where the studio's settings and plugins are kept, in the user's folder.
///
/// @param folder shared with the command line
public record StudioHome(UserFolder folder) {

    /// The folder of this user.
    public static StudioHome ofUser() {
        return new StudioHome(UserFolder.of(System.getenv()));
    }

    public Path settings() {
        return folder.path().resolve("settings");
    }

    public Path plugins() {
        return folder.path().resolve("plugins");
    }

    public Path cache() {
        return folder.cache();
    }
}
