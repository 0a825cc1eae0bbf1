package terrazzo.data.scenes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;

class SceneFolderTest {

    private static final Size SIZE = new Size(48, 64);

    @TempDir
    private Path dir;

    @Test
    void writesSplitsThatReadBackExactly() throws IOException {
        SceneGenerator generator = SceneGenerator.of(8);
        List<String> named = new ArrayList<>();
        new SceneFolder(2, 1, SIZE)
                .write(
                        dir,
                        generator,
                        (done, total, what) -> named.add(done + "/" + total + " " + what),
                        new Cancellation());

        assertEquals(List.of("1/3 scene_00000.png", "2/3 scene_00001.png", "3/3 scene_00000.png"), named);
        try (Stream<Path> files = Files.walk(dir)) {
            assertEquals(6, files.filter(Files::isRegularFile).count());
        }
        Scene third = generator.scene(2, SIZE);
        assertArrayEquals(
                third.image().asBgr(),
                ImageFile.load(dir.resolve("img_dir/val/scene_00000.png")).asBgr());
        assertArrayEquals(
                third.labels().asBytes(),
                LabelMapFile.load(dir.resolve("ann_dir/val/scene_00000.png")).asBytes());
    }

    @Test
    void stopsWhenCancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();

        assertThrows(
                CancellationException.class,
                () -> new SceneFolder(1, 0, SIZE).write(dir, SceneGenerator.of(1), Progress.NONE, cancellation));
    }

    @Test
    void rejectsNegativeCounts() {
        assertEquals(
                "expected 0 or more scenes, got -1 and 2",
                assertThrows(IllegalArgumentException.class, () -> new SceneFolder(-1, 2, SIZE))
                        .getMessage());
    }
}
