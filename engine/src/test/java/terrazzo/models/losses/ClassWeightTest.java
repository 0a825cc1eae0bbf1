package terrazzo.models.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.error.ConfigException;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.golden.Settings;
import terrazzo.graph.Tensor;
import terrazzo.graph.Trace;
import terrazzo.models.Parts;
import terrazzo.models.Segmentor;
import terrazzo.models.catalogue.StandardParts;

final class ClassWeightTest {

    private static final Parts PARTS = StandardParts.parts();

    @TempDir
    private Path folder;

    @Test
    void readsTheFileOnlyWhenALossIsRecorded() throws IOException {
        Path file = folder.resolve("weights.json");
        Segmentor model = model("{'type': 'CrossEntropyLoss', 'class_weight': '" + file + "'}");
        ConfigException e = assertThrows(ConfigException.class, () -> record(model));
        assertEquals(
                "a.py: decode_head.loss_decode.class_weight: " + file
                        + ": expected a list of numbers, got no such file",
                e.getMessage());

        Files.writeString(file, "[1, 2, 3]");

        assertEquals(List.of("decode.loss_ce", "decode.acc_seg"), record(model));
    }

    @Test
    void wantsAWeightForEachClass() {
        for (String loss : List.of("CrossEntropyLoss", "DiceLoss", "FocalLoss", "LovaszLoss", "TverskyLoss")) {
            Segmentor model = model("{'type': '%s', 'class_weight': [1, 2]%s}"
                    .formatted(loss, loss.equals("LovaszLoss") ? ", 'reduction': 'none'" : ""));
            ConfigException e = assertThrows(ConfigException.class, () -> record(model), loss);
            assertEquals(
                    "a.py: decode_head.loss_decode.class_weight: expected 3 numbers (num_classes), got 2",
                    e.getMessage());
        }
    }

    @Test
    void takesSeveralLossesWithWeightsAndNames() {
        Segmentor model = model("[{'type': 'CrossEntropyLoss', 'loss_name': 'loss_ce', 'loss_weight': 1.0},"
                + " {'type': 'DiceLoss', 'loss_name': 'loss_dice', 'loss_weight': 3.0},"
                + " {'type': 'TverskyLoss', 'loss_name': 'loss_dice'}]");

        // two losses of one name are added up, as in the reference
        assertEquals(List.of("decode.loss_ce", "decode.loss_dice", "decode.acc_seg"), record(model));
    }

    private static Segmentor model(String losses) {
        return PARTS.segmentor(Settings.of("""
            {'type': 'EncoderDecoder',
             'backbone': {'type': 'ResNet', 'depth': 18},
             'decode_head': {'type': 'FCNHead', 'in_channels': 512, 'in_index': 3, 'channels': 8, 'num_convs': 1,
                             'num_classes': 3, 'loss_decode': %s}}
            """.formatted(losses)));
    }

    private static List<String> record(Segmentor model) {
        Trace trace = new Trace(Trace.Mode.TRAIN);
        Dim n = Dim.symbol("N");
        Dim side = Dim.of(64);
        Map<String, Tensor> losses = model.loss(
                trace.input("img", DType.FLOAT32, n, Dim.of(3), side, side),
                trace.input("label", DType.INT64, n, side, side));
        return List.copyOf(losses.keySet());
    }
}
