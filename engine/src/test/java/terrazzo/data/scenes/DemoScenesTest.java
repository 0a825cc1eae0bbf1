package terrazzo.data.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Size;
import terrazzo.data.images.ImageFile;

class DemoScenesTest {

    @TempDir
    private Path folder;

    @Test
    void areDrawnOnceAndSmall() throws IOException {
        List<Path> files = DemoScenes.in(folder);
        assertEquals(6, files.size());
        assertEquals(new Size(540, 960), ImageFile.load(files.getFirst()).size());
        for (Path file : files) {
            assertTrue(Files.size(file) < 200_000, file + " has " + Files.size(file) + " bytes");
        }
        FileTime made = Files.getLastModifiedTime(files.getFirst());
        Files.delete(files.getLast());
        DemoScenes.in(folder);
        assertEquals(made, Files.getLastModifiedTime(files.getFirst()));
        assertTrue(Files.exists(files.getLast()));
    }
}
