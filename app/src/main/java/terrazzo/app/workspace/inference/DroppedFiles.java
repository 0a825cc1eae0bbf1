package terrazzo.app.workspace.inference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Files that were dropped, chosen or named on the command line, sorted by what they are.
///
/// @param images in the order given
/// @param folder the first folder
/// @param video the first video
/// @param config the first config
/// @param checkpoint the first checkpoint
record DroppedFiles(
        List<Path> images,
        Optional<Path> folder,
        Optional<Path> video,
        Optional<Path> config,
        Optional<Path> checkpoint) {

    static final List<String> IMAGES =
            List.of("png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp", "ppm", "pgm", "gif", "jp2");
    static final List<String> VIDEOS = List.of("mp4", "mov", "avi", "mkv", "webm", "m4v", "mpg", "mpeg", "wmv");
    static final List<String> CONFIGS = List.of("py", "json", "yml", "yaml");
    static final List<String> CHECKPOINTS = List.of("pth", "pt", "safetensors");

    private static final Set<String> IMAGE_SET = Set.copyOf(IMAGES);

    static DroppedFiles of(List<Path> files) {
        return new DroppedFiles(
                files.stream().filter(DroppedFiles::isImage).toList(),
                files.stream().filter(Files::isDirectory).findFirst(),
                first(files, VIDEOS),
                first(files, CONFIGS),
                first(files, CHECKPOINTS));
    }

    static boolean isImage(Path file) {
        return IMAGE_SET.contains(ending(file)) && !Files.isDirectory(file);
    }

    boolean isEmpty() {
        return images.isEmpty() && folder.isEmpty() && video.isEmpty() && config.isEmpty() && checkpoint.isEmpty();
    }

    boolean hasModel() {
        return config.isPresent() || checkpoint.isPresent();
    }

    /// As file dialogs want them: `*.png`.
    static List<String> patterns(List<String> endings) {
        return endings.stream().map(e -> "*." + e).toList();
    }

    private static Optional<Path> first(List<Path> files, List<String> endings) {
        return files.stream().filter(f -> endings.contains(ending(f))).findFirst();
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
