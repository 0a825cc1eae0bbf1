package terrazzo.inference.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.checkpoint.Checkpoint;

final class DefaultModelTest {

    @TempDir
    private Path folder;

    @Test
    void carriesTheClassesOfTheBundledScenes() throws IOException {
        Checkpoint weights = Checkpoint.load(DefaultModel.weights(folder));

        assertEquals(
                List.of("road", "sidewalk", "building", "vegetation", "sky", "car", "person", "pole"),
                weights.meta().classes());
        assertEquals(8, weights.meta().palette().size());
    }

    @Test
    void makesItsFileOnceAndAgainWhenItIsDamaged() throws IOException {
        Path file = DefaultModel.weights(folder);
        long size = Files.size(file);
        Files.writeString(file, "half");

        assertEquals(file, DefaultModel.weights(folder));
        assertEquals(size, Files.size(file));
        assertTrue(file.getFileName().toString().matches("default-[0-9a-f]{8}\\.safetensors"));
    }
}
