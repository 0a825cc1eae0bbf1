package terrazzo.data.datasets;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;

/// Finds the samples of a data set: by a list of names, or by walking its image folder.
///
/// @param imgDir folder of the images
/// @param imgSuffix ending of image files
record SampleFiles(Path imgDir, String imgSuffix) {

    /// Image names under the folder, without the ending's counterpart resolved, in the order of their paths.
    ///
    /// @throws DatasetException when the folder is missing or has no such image
    List<String> walk() {
        if (!Files.isDirectory(imgDir)) {
            throw new DatasetException(Complaint.at(imgDir.toString())
                    .expected("a folder of images")
                    .got(Files.exists(imgDir) ? "a file" : "nothing")
                    .advice("set data_root and data_prefix.img_path (or --data-root)"));
        }
        Walk walk = new Walk();
        try {
            Files.walkFileTree(imgDir, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        } catch (IOException e) {
            throw new DatasetException(
                    Complaint.at(imgDir.toString())
                            .expected("a readable folder")
                            .got(String.valueOf(e.getMessage())),
                    e);
        }
        if (walk.names.isEmpty()) {
            throw new DatasetException(Complaint.at(imgDir.toString())
                    .expected("images that end in '" + imgSuffix + "'")
                    .got(walk.othersByEnding.isEmpty() ? "no files" : "none; there are " + walk.others())
                    .advice("set img_suffix or data_prefix.img_path"));
        }
        Collections.sort(walk.names);
        return walk.names;
    }

    /// Image names of a list, one per line without ending, in the order of the list.
    ///
    /// @throws DatasetException when the list can't be read or is empty
    List<String> listed(Path annFile) {
        try {
            List<String> names = Files.readAllLines(annFile).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(line -> line + imgSuffix)
                    .toList();
            if (names.isEmpty()) {
                throw new DatasetException(Complaint.at(annFile.toString())
                        .expected("one image name per line")
                        .got("an empty file"));
            }
            return names;
        } catch (IOException e) {
            throw new DatasetException(
                    Complaint.at(annFile.toString())
                            .expected("a text file with one image name per line")
                            .got(Files.exists(annFile) ? String.valueOf(e.getMessage()) : "no such file")
                            .advice("set ann_file, or remove it to take every image of the folder"),
                    e);
        }
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final List<String> names = new ArrayList<>();
        private final Map<String, Integer> othersByEnding = new TreeMap<>();

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(".")) {
                return FileVisitResult.CONTINUE;
            }
            String relative = imgDir.relativize(file).toString().replace('\\', '/');
            if (relative.endsWith(imgSuffix)) {
                names.add(relative);
            } else if (othersByEnding.size() < 20) {
                othersByEnding.merge(name.substring(Math.max(0, name.lastIndexOf('.'))), 1, Integer::sum);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) { // a link back up: everything there is seen already
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        String others() {
            List<String> parts = new ArrayList<>();
            othersByEnding.forEach((ending, count) -> parts.add(count + " of '" + ending + "'"));
            return String.join(", ", parts);
        }
    }
}
