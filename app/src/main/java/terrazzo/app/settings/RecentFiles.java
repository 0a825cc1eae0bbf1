package terrazzo.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files and folders opened last, the newest first.
///
/// @param paths absolute
public record RecentFiles(List<String> paths) {

    public static final String TOPIC = "recent";
    private static final int KEPT = 12;

    public RecentFiles {
        paths = List.copyOf(paths);
    }

    public RecentFiles with(Path path) {
        String text = path.toAbsolutePath().normalize().toString();
        return new RecentFiles(Stream.concat(Stream.of(text), paths.stream().filter(p -> !p.equals(text)))
                .limit(KEPT)
                .toList());
    }
}
