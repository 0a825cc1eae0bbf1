package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.golden.GoldenFiles;

/// Checkpoints that PyTorch and mmengine wrote; too large for the repository.
class SharedCheckpointTest {

    @TempDir
    Path folder;

    @Test
    void readsMmenginesCheckpointWithItsHistoryInert() throws IOException {
        Checkpoint checkpoint = Checkpoint.load(GoldenFiles.shared("golden/e2e/unet_sgd_poly.iter_30.pth"));
        assertEquals(CheckpointFormat.TORCH_ZIP, checkpoint.format());
        assertEquals(118, checkpoint.stateDict().size());
        assertEquals(
                "float32 [8, 3, 3, 3]",
                checkpoint
                        .stateDict()
                        .get("backbone.encoder.0.0.convs.0.conv.weight")
                        .orElseThrow()
                        .toString());
        assertEquals(
                List.of("road", "sidewalk", "building", "vegetation", "sky", "car", "person", "pole"),
                checkpoint.meta().classes());
        assertEquals(List.of(128, 64, 128), checkpoint.meta().palette().getFirst());
        assertEquals(Optional.of(30L), checkpoint.meta().iter());
        assertEquals("0.11.0rc0", checkpoint.meta().notes().get("mmengine_version"));
        assertTrue(checkpoint.meta().configText().startsWith("custom_hooks = ["));
        assertEquals(Set.of("builtins.getattr", "mmengine.logging.history_buffer.HistoryBuffer"), checkpoint.inert());
        assertEquals(1_016_781, checkpoint.sizeBytes());
    }

    @Test
    void readsTheLossHistoryOutOfInertObjects() throws IOException {
        Checkpoint checkpoint = Checkpoint.load(GoldenFiles.shared("golden/e2e/unet_sgd_poly.iter_30.pth"));
        PickleValue buffer = checkpoint
                .part("message_hub")
                .flatMap(hub -> hub.at("log_scalars"))
                .flatMap(scalars -> scalars.at("train/base_lr"))
                .orElseThrow();
        HistoryBuffer history = HistoryBuffer.of(buffer).orElseThrow();
        assertEquals(List.of(30L), history.values().shape());
        assertEquals(0.05, history.values().toDoubles()[0], 0);
        assertEquals(1e-4, history.values().toDoubles()[29], 1e-12);
        assertEquals(30, LongStream.of(history.counts().toLongs()).sum());
    }

    @Test
    void writesMmenginesCheckpointAgainWithoutLoss() throws IOException {
        for (String name : List.of("unet_sgd_poly", "segformer_adamw")) {
            Checkpoint original = Checkpoint.load(GoldenFiles.shared("golden/e2e/" + name + ".iter_30.pth"));
            Path copy = folder.resolve(name + ".pth");
            PthWriter.write(copy, original.root());
            assertEquals(
                    PickleOutline.of(original.root()),
                    PickleOutline.of(Checkpoint.load(copy).root()));
        }
    }

    @Test
    void buildsHistoryBuffersAsMmengineDoes() throws IOException {
        Checkpoint checkpoint = Checkpoint.load(GoldenFiles.shared("golden/e2e/unet_sgd_poly.iter_30.pth"));
        PickleValue original = checkpoint
                .part("message_hub")
                .flatMap(hub -> hub.at("log_scalars"))
                .flatMap(scalars -> scalars.at("train/loss"))
                .orElseThrow();
        PickleValue built = HistoryBuffer.of(original).orElseThrow().toValue();
        assertEquals(PickleOutline.of(original), PickleOutline.of(built));
    }

    @Test
    void readsTheSameWeightsFromZipAndLegacyFiles() throws IOException {
        Checkpoint zip = Checkpoint.load(GoldenFiles.shared("data/checkpoints/cgnet_camvid.pth"));
        Checkpoint legacy = Checkpoint.load(GoldenFiles.shared("data/checkpoints/cgnet_camvid_legacy.pth"));
        assertEquals(CheckpointFormat.TORCH_LEGACY, legacy.format());
        assertEquals(499, zip.stateDict().size());
        assertEquals("sky", legacy.meta().classes().getFirst());
        assertEquals(11, legacy.meta().classes().size());
        for (String key : zip.stateDict().keys()) {
            HostTensor expected = zip.stateDict().get(key).orElseThrow();
            HostTensor actual = legacy.stateDict().get(key).orElseThrow();
            assertTrue(expected.hasSameContent(actual), key);
        }
    }
}
