package terrazzo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.shape.DType;

class StateDictReportTest {

    private static final List<ExpectedKey> MODEL = List.of(
            new ExpectedKey("backbone.conv1.weight", List.of(2L, 1L), DType.FLOAT32),
            new ExpectedKey("backbone.bn1.num_batches_tracked", List.of(), DType.INT64),
            new ExpectedKey("decode_head.conv_seg.weight", List.of(3L, 2L), DType.FLOAT32));

    @Test
    void isExactWhenEveryKeyFindsItsPartner() {
        StateDictReport report = report(Map.of(
                "backbone.conv1.weight", zeros(2, 1),
                "backbone.bn1.num_batches_tracked", HostTensor.ofLongs(List.of(1L), 5),
                "decode_head.conv_seg.weight", zeros(3, 2)));
        assertTrue(report.isExact());
        assertEquals(3, report.requireExact().size());
        assertEquals(List.of(), report.lines());
    }

    @Test
    void doesNotMissCountersOfBatchNorm() {
        StateDictReport report =
                report(Map.of("backbone.conv1.weight", zeros(2, 1), "decode_head.conv_seg.weight", zeros(3, 2)));
        assertTrue(report.isExact());
    }

    @Test
    void namesMissingKeysWithTheNearestUnusedOne() {
        StateDictReport report =
                report(Map.of("backbone.conv.weight", zeros(2, 1), "decode_head.conv_seg.weight", zeros(3, 2)));
        assertEquals(
                List.of(
                        "epoch_40.pth: 1 of 2 keys missing: 'backbone.conv1.weight' [2, 1] (the file has"
                                + " 'backbone.conv.weight') — choose the config that the checkpoint was trained with",
                        "epoch_40.pth: 1 of 2 keys unused: 'backbone.conv.weight' [2, 1]"
                                + " — harmless for heads that only training needs; else choose the config of the"
                                + " checkpoint"),
                report.lines());
        assertThrows(CheckpointException.class, report::requireComplete);
    }

    @Test
    void advisesTheNumberOfClassesWhenOnlyTheClassifierDiffers() {
        StateDictReport report =
                report(Map.of("backbone.conv1.weight", zeros(2, 1), "decode_head.conv_seg.weight", zeros(4, 2)));
        CheckpointException failure = assertThrows(CheckpointException.class, report::requireComplete);
        assertEquals(
                "epoch_40.pth: 1 of 2 keys with another shape: 'decode_head.conv_seg.weight' expected [3, 2], got"
                        + " [4, 2] — set num_classes to what the checkpoint was trained with",
                failure.getMessage());
        assertEquals(
                List.of(new KeyMismatch.Misshaped("decode_head.conv_seg.weight", List.of(3L, 2L), List.of(4L, 2L))),
                report.mismatches());
    }

    @Test
    void allowsUnusedKeysUnlessAskedForExactness() {
        Map<String, HostTensor> file = new LinkedHashMap<>();
        file.put("backbone.conv1.weight", zeros(2, 1));
        file.put("decode_head.conv_seg.weight", zeros(3, 2));
        for (int i = 0; i < 5; i++) {
            file.put("auxiliary_head.convs." + i + ".weight", zeros(1, 1));
        }
        StateDictReport report = report(file);
        assertEquals(
                Set.of("backbone.conv1.weight", "decode_head.conv_seg.weight"),
                report.requireComplete().keySet());
        assertFalse(report.isExact());
        CheckpointException failure = assertThrows(CheckpointException.class, report::requireExact);
        assertEquals(
                "epoch_40.pth: 5 of 7 keys unused: 'auxiliary_head.convs.0.weight' [1, 1];"
                        + " 'auxiliary_head.convs.1.weight' [1, 1]; 'auxiliary_head.convs.2.weight' [1, 1] …"
                        + " — harmless for heads that only training needs; else choose the config of the checkpoint",
                failure.getMessage());
    }

    @Test
    void takesOffThePrefixesOfWrappers() {
        StateDict wrapped = new StateDict(Map.of("module._orig_mod.a", zeros(1, 1)));
        assertEquals(List.of("a"), wrapped.withoutWrappers().keys());
        StateDict mixed = new StateDict(Map.of("module.a", zeros(1, 1), "b", zeros(1, 1)));
        assertEquals(Set.of("module.a", "b"), Set.copyOf(mixed.withoutWrappers().keys()));
        assertEquals(List.of("a"), mixed.below("module.").keys());
    }

    private static StateDictReport report(Map<String, HostTensor> file) {
        return StateDictReport.of("epoch_40.pth", MODEL, new StateDict(file));
    }

    private static HostTensor zeros(int rows, int columns) {
        return HostTensor.ofFloats(List.of((long) rows, (long) columns), new float[rows * columns]);
    }
}
