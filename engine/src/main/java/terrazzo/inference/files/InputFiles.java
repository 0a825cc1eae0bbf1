package terrazzo.inference.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;

/// What an argument that names input stands for.
public sealed interface InputFiles {

    /// Endings of files that are taken for images, in lower case.
    Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "gif", "ppm", "pgm", "jp2");

    /// Endings of files that are taken for videos, in lower case.
    Set<String> VIDEOS = Set.of("mp4", "avi", "mov", "mkv", "webm", "m4v", "mpg", "mpeg", "wmv", "flv", "ts");

    /// One image file.
    record Image(Path file) implements InputFiles {}

    /// Several images.
    ///
    /// @param root the folder that output paths are relative to
    /// @param files in alphabetical order
    record Images(Path root, List<Path> files) implements InputFiles {
        public Images {
            files = List.copyOf(files);
        }
    }

    /// A video file, a stream's address, or `camera:N`.
    record Video(String source) implements InputFiles {}

    /// Finds out what `argument` is: a folder is searched with its subfolders, `*`, `?`, `**` and `{a,b}` are
    /// wildcards.
    ///
    /// @throws MediaException when there is nothing of that name, or no image in it
    /// @throws IOException when a folder can't be listed
    static InputFiles of(String argument) throws IOException {
        if (argument.startsWith("camera:") || argument.contains("://")) {
            return new Video(argument);
        }
        return argument.matches(".*[*?{\\[].*") && !Files.exists(Path.of(argument))
                ? glob(argument)
                : existing(Path.of(argument));
    }

    private static InputFiles existing(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return images(path, path.toString(), p -> true);
        }
        if (!Files.exists(path)) {
            throw nothing(path.toString(), "nothing");
        }
        return VIDEOS.contains(ending(path)) ? new Video(path.toString()) : new Image(path);
    }

    private static InputFiles glob(String pattern) throws IOException {
        String fixed = pattern.replaceAll("[^/\\\\]*[*?{\\[].*", "");
        Path root = Path.of(fixed.isEmpty() ? "." : fixed);
        PathMatcher matcher =
                FileSystems.getDefault().getPathMatcher("glob:" + (fixed.isEmpty() ? "./" + pattern : pattern));
        return images(root, pattern, matcher);
    }

    private static Images images(Path root, String argument, PathMatcher matcher) throws IOException {
        if (!Files.isDirectory(root)) {
            throw nothing(argument, "nothing");
        }
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> found = all.filter(p -> IMAGES.contains(ending(p)))
                    .filter(Files::isRegularFile)
                    .filter(matcher::matches)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw nothing(argument, "no image");
            }
            return new Images(root, found);
        }
    }

    private static MediaException nothing(String argument, String got) {
        return new MediaException(Complaint.at(argument)
                .expected("an image, a video, a folder of images, a pattern such as 'dir/*.png', or camera:0")
                .got(got));
    }

    private static String ending(Path path) {
        String name = path.toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
