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
import terrazzo.core.image.LabelMap;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.LabelMapFile;

class SceneFolderTest {

    private static final Size SIZE = new Size(48, 64);
    private static final SceneLabels OWN = SceneLabels.of("SceneDataset");

    @TempDir
    private Path dir;

    @Test
    void writesSplitsThatReadBackExactly() throws IOException {
        SceneGenerator generator = SceneGenerator.of(8);
        List<String> named = new ArrayList<>();
        new SceneFolder(2, 1, SIZE, OWN)
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
                () -> new SceneFolder(1, 0, SIZE, OWN).write(dir, SceneGenerator.of(1), Progress.NONE, cancellation));
    }

    @Test
    void rejectsNegativeCounts() {
        assertEquals(
                "expected 0 or more scenes, got -1 and 2",
                assertThrows(IllegalArgumentException.class, () -> new SceneFolder(-1, 2, SIZE, OWN))
                        .getMessage());
    }

    @Test
    void numbersClassesAsAnotherDataSetDoes() {
        new SceneFolder(1, 0, SIZE, SceneLabels.of("CamVidDataset"))
                .write(dir, SceneGenerator.of(3), Progress.NONE, new Cancellation());

        LabelMap drawn = SceneGenerator.of(3).scene(0, SIZE).labels();
        LabelMap written = LabelMapFile.load(dir.resolve("ann_dir/train/scene_00000.png"));
        int[] camVid = {3, 4, 1, 5, 0, 8, 9, 2};
        for (int y = 0; y < SIZE.height(); y++) {
            for (int x = 0; x < SIZE.width(); x++) {
                assertEquals(camVid[drawn.at(x, y)], written.at(x, y), x + ", " + y);
            }
        }
    }

    @Test
    void keepsItsOwnNumbersAndColours() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), OWN.labels());
        assertEquals(SceneClass.palette(), OWN.palette());
        assertEquals(
                List.of(0, 1, 2, 8, 10, 13, 11, 5),
                SceneLabels.of("CityscapesDataset").labels());
    }
}
