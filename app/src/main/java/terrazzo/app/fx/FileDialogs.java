package terrazzo.app.fx;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Asks the user for files. An interface, because a toolkit without a display has no dialogs.
public interface FileDialogs {

    /// A kind of file.
    ///
    /// @param name shown to the user
    /// @param patterns for example `*.png`
    record Kind(String name, List<String> patterns) {

        public Kind {
            patterns = List.copyOf(patterns);
        }
    }

    /// Files to open, empty when the user changed their mind.
    List<Path> open(String title, List<Kind> kinds);

    /// A folder to open or to write to.
    Optional<Path> folder(String title);

    /// A file to write.
    Optional<Path> save(String title, String suggestedName, Kind kind);
}
