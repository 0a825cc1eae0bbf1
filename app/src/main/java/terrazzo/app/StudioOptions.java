package terrazzo.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import terrazzo.core.Scale;

/// What the studio is started with.
///
/// @param files to open
/// @param workspace to show first, by id
/// @param look theme and language that override the settings
/// @param screenshot where a picture of the window goes instead of a window that stays
public record StudioOptions(List<Path> files, Optional<String> workspace, Look look, Optional<Screenshot> screenshot) {

    public StudioOptions {
        files = List.copyOf(files);
    }

    /// @param theme `light` or `dark`
    /// @param language `en` or `zh`
    public record Look(Optional<String> theme, Optional<String> language) {}

    /// @param file PNG to write
    /// @param size of the window's content
    public record Screenshot(Path file, Scale size) {}

    /// A window on a desktop, as it was left.
    public static StudioOptions plain() {
        return new StudioOptions(
                List.of(), Optional.empty(), new Look(Optional.empty(), Optional.empty()), Optional.empty());
    }
}
