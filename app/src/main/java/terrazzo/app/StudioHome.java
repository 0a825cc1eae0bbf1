package terrazzo.app;

import java.nio.file.Path;
import terrazzo.core.UserFolder;

/// Where the studio's settings are kept, in the user's folder.
///
/// @param folder shared with the command line
public record StudioHome(UserFolder folder) {

    public Path settings() {
        return folder.path().resolve("settings");
    }

    /// What was open.
    public Path session() {
        return folder.path().resolve("session.json");
    }

    public Path cache() {
        return folder.cache();
    }
}
