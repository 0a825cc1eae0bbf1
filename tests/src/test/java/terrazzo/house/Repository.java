package terrazzo.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The files of this repository as they lie on disk, without what a build or an editor leaves.
///
/// @param root folder that holds the reactor's pom
record Repository(Path root) {

    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", "work_dirs", "terrazzo-demo", ".idea", ".vscode", ".settings");

    /// The repository that the tests run in: the nearest folder upwards that has an `engine`.
    static Repository here() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("engine").resolve("pom.xml"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no folder upwards has an engine/pom.xml");
        }
        return new Repository(folder);
    }

    /// Every file, sorted.
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString()) && !folder.equals(root)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString(); // .git is a file in a second work tree
                if (!NOT_OURS.contains(name) && !name.startsWith("hs_err_pid")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Comparator.naturalOrder());
        return files;
    }

    /// Every Java file, tests included.
    List<Path> javaFiles() throws IOException {
        return files().stream().filter(f -> f.toString().endsWith(".java")).toList();
    }

    /// Java files that are shipped: those under `MODULE/src/main`.
    List<Path> mainJavaFiles() throws IOException {
        Path main = Path.of("src", "main", "java");
        return javaFiles().stream()
                .filter(f -> root.relativize(f).toString().contains(main.toString()))
                .toList();
    }

    /// Relative to the root, with slashes, as messages show it.
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
