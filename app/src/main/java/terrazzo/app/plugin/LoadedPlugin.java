package terrazzo.app.plugin;

import java.nio.file.Path;
import java.util.List;

/// One plugin on the plugin page.
///
/// @param manifest what it says of itself; made of the file's name when that could not be read
/// @param jar where it came from
/// @param added what it registered, for example `workspace hello`
/// @param failure why it did not start, empty when it did
public record LoadedPlugin(PluginManifest manifest, Path jar, List<String> added, String failure) {

    public LoadedPlugin {
        added = List.copyOf(added);
    }

    public boolean hasStarted() {
        return failure.isEmpty();
    }
}
