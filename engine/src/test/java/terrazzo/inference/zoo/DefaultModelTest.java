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
    void carriesTheClassesOfCamVidAndItsConfig() throws IOException {
        Checkpoint weights = Checkpoint.load(DefaultModel.weights(folder));

        assertEquals(
                List.of(
                        "sky",
                        "building",
                        "pole",
                        "road",
                        "pavement",
                        "tree",
                        "sign_symbol",
                        "fence",
                        "car",
                        "pedestrian",
                        "bicyclist"),
                weights.meta().classes());
        assertEquals(11, weights.meta().palette().size());
        assertEquals(DefaultModel.config(List.of()).toPython(), weights.meta().configText());
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
