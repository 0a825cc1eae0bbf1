package terrazzo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.train.TrainRequest.Resume;

/// The ways to compute, on a run of a few iterations each.
final class PrecisionTest {

    @TempDir
    private Path temporary;

    private List<Double> losses(String... options) throws IOException {
        SmallTraining small = SmallTraining.in(temporary);
        String[] all = new String[options.length + 2];
        System.arraycopy(options, 0, all, 2, options.length);
        all[0] = "train_cfg.max_iters=4";
        all[1] = "train_cfg.val_interval=100";
        Path workDir = temporary.resolve("work" + options.length);
        return SmallTraining.losses(small.run(workDir, Resume.NO, all)).values().stream()
                .map(List::getFirst)
                .toList();
    }

    @Test
    void bfloat16FollowsFloat32() throws IOException {
        List<Double> wide = losses("model.decode_head.dropout_ratio=0");
        List<Double> narrow = losses("model.decode_head.dropout_ratio=0", "optim_wrapper.type=AmpOptimWrapper");
        assertEquals(wide.getFirst(), narrow.getFirst(), 0.01 * wide.getFirst());
        for (int i = 0; i < wide.size(); i++) {
            assertEquals(wide.get(i), narrow.get(i), 0.1 * wide.get(i), "iteration " + (i + 1));
            assertTrue(!wide.get(i).equals(narrow.get(i)), "bfloat16 was not used");
        }
    }
}
