package terrazzo.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Where figures and data for tests lie, whatever folder the tests run in.
public final class GoldenFiles {

    private GoldenFiles() {}

    /// A file or folder under `tests/golden`, which every checkout has.
    public static Path committed(String name) {
        return root().resolve("tests/golden").resolve(name);
    }

    /// A file or folder of the shared data beside the checkout; without it the test is skipped.
    public static Path shared(String name) {
        Path path = root().resolveSibling("shared").resolve(name);
        Assumptions.assumeTrue(Files.exists(path), "skipped: no ../shared");
        return path;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("tests/golden"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("no folder above holds tests/golden");
            }
            folder = parent;
        }
        return folder;
    }
}
