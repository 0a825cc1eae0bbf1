package terrazzo.app.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.UserFolder;
import terrazzo.core.error.CheckpointException;
import terrazzo.inference.Catalogues;

final class EngineSegmentationTest {

    @TempDir
    private Path folder;

    private EngineSegmentation segmentation() {
        return new EngineSegmentation(Catalogues::builtIn, new UserFolder(folder));
    }

    @Test
    void offersEveryPublishedModel() {
        List<String> names = segmentation().published();

        assertEquals(590, names.size());
        assertTrue(names.contains("cgnet/cgnet_fcn_4xb4-60k_cityscapes-680x680"));
    }

    @Test
    void looksAtTheHashOfAFileThatTheUserHas() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.pth"), "something else");

        assertEquals(
                mine + ": expected SHA-256 4c0b2f2d…, as in cgnet_680x680_60k_cityscapes_20201101_110253-4c0b2f2d.pth,"
                        + " got f41f3fa6… — it is another file, or damaged; the right one is"
                        + " https://download.openmmlab.com/mmsegmentation/v0.5/cgnet/cgnet_680x680_60k_cityscapes/"
                        + "cgnet_680x680_60k_cityscapes_20201101_110253-4c0b2f2d.pth",
                assertThrows(
                                CheckpointException.class,
                                () -> segmentation().add("cgnet/cgnet_fcn_4xb4-60k_cityscapes-680x680", mine))
                        .getMessage());
    }

    @Test
    void opensWhatIsHereWithoutANetwork() throws IOException {
        Path here = folder.resolve("models/cgnet_680x680_60k_cityscapes_20201101_110253-4c0b2f2d.pth");
        Files.createDirectories(here.getParent());
        Files.writeString(here, "any");

        assertEquals(
                here,
                segmentation()
                        .fetch("cgnet/cgnet_fcn_4xb4-60k_cityscapes-680x680", Progress.NONE, new Cancellation())
                        .checkpoint()
                        .orElseThrow());
    }
}
