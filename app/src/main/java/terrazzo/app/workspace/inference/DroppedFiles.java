package terrazzo.app.workspace.inference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import terrazzo.app.spi.Offer;

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

    /// What [InferenceViewModel#open] makes of them.
    List<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        if (hasModel()) {
            offers.add(new Offer("inference.offer.model", 1));
        }
        if (video.isPresent()) {
            offers.add(new Offer("inference.offer.video", 1));
        } else if (folder.isPresent()) {
            offers.add(new Offer("inference.offer.folder", 1));
        } else if (!images.isEmpty()) {
            offers.add(new Offer("inference.offer.images", images.size()));
        }
        return offers;
    }

    /// Those of `files` that are not opened: one model is, and one video, one folder or images.
    List<Path> leftOut(List<Path> files) {
        Set<Path> opened = new HashSet<>();
        config.ifPresent(opened::add);
        checkpoint.ifPresent(opened::add);
        if (video.isPresent()) {
            opened.add(video.get());
        } else if (folder.isPresent()) {
            opened.add(folder.get());
        } else {
            opened.addAll(images);
        }
        return files.stream().filter(f -> !opened.contains(f)).toList();
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
