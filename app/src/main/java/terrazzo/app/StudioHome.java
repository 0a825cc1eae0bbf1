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

    public Path cache() {
        return folder.cache();
    }
}
