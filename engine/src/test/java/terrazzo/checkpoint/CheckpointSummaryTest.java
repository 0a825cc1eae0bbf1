package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.Global;
import terrazzo.checkpoint.PickleValue.Opaque;

class CheckpointSummaryTest {

    @TempDir
    Path folder;

    @Test
    void tellsWhatIsInTheFile() throws IOException {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", HostTensor.ofFloats(List.of(2L, 3L), new float[6]));
        tensors.put("bn.num_batches_tracked", HostTensor.ofLongs(List.of(), 4));
        CheckpointMeta meta = new CheckpointMeta(
                List.of("road", "sky"),
                List.of(List.of(1, 2, 3), List.of(4, 5, 6)),
                "a = 1\nb = 2\n",
                Optional.of(12_000L),
                Optional.empty(),
                Map.of("mmengine_version", "0.1.0"));
        Path file = folder.resolve("iter_12000.pth");
        PthWriter.write(
                file,
                Dict.plain()
                        .put("meta", meta.toValue())
                        .put("state_dict", new StateDict(tensors).toValue())
                        .put("hook", Opaque.call(new Global("my.hooks", "Hook"))));
        CheckpointSummary summary = CheckpointSummary.of(Checkpoint.load(file));
        assertEquals(
                """
                FILE
                  format            PyTorch zip
                  size              SIZE bytes
                  sha256            HASH
                  tensors           2, 1 int64, 6 float32
                  classes           2: road, sky
                  palette           2 colours
                  iter              12,000
                  mmengine_version  0.1.0
                  config            2 lines
                  hook              object of my.hooks.Hook
                  meta              dict of 4
                  state_dict        dict of 2
                  inert             my.hooks.Hook (kept, not executed)

                  conv.weight             float32 [2, 3]
                  bn.num_batches_tracked  int64 []
                """,
                summary.text()
                        .replace(file.toString(), "FILE")
                        .replace(summary.sha256(), "HASH")
                        .replaceAll("[\\d,]+ bytes", "SIZE bytes"));
        assertEquals(64, summary.sha256().length());
    }
}
