package terrazzo.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import terrazzo.core.AtomicFile;

/// The street scenes that come with the program, as files that can be opened.
final class DemoScenes {

    private static final String FOLDER = "/terrazzo/scenes/img_dir/val/";
    private static final int COUNT = 8;

    private DemoScenes() {}

    /// The scenes, copied to `cache` where they are missing.
    static List<Path> files(Path cache) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String name = "scene_%03d.png".formatted(i);
            Path file = cache.resolve("scenes").resolve(name);
            if (!Files.exists(file)) {
                try (InputStream in = DemoScenes.class.getResourceAsStream(FOLDER + name)) {
                    if (in == null) {
                        throw new IllegalStateException("the resources of the program are incomplete: no " + name);
                    }
                    byte[] content = in.readAllBytes();
                    AtomicFile.write(file, out -> out.write(content));
                }
            }
            files.add(file);
        }
        return files;
    }
}
