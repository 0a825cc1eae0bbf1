package terrazzo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PthWriter;
import terrazzo.checkpoint.StateDict;
import terrazzo.config.Config;
import terrazzo.core.Size;
import terrazzo.core.error.ShapeException;
import terrazzo.core.image.Raster;
import terrazzo.models.Segmentor;

/// A network whose tables are made for images of 64x64.
final class FixedSizeTest {

    private final Catalogues catalogues = Catalogues.builtIn();

    @TempDir
    private Path folder;

    @Test
    void refusesWholeImagesOfAnotherSize() throws IOException {
        try (SegModel model = open("mode='whole'")) {
            assertEquals(new Size(64, 64), label(model, 64, 64));
            assertEquals(new Size(70, 64), label(model, 70, 64)); // less than a patch is left over
            assertEquals(
                    "expected an image of 64x64 (img_size), got 48x64 — resize it, or slide a window of that size",
                    assertThrows(ShapeException.class, () -> label(model, 48, 64))
                            .getMessage());
        }
    }

    @Test
    void slidesWindowsOfItsSizeOverLargerImages() throws IOException {
        try (SegModel model = open("mode='slide', crop_size=(64, 64), stride=(32, 32)")) {
            assertEquals(new Size(96, 80), label(model, 96, 80));
            assertEquals(
                    "expected an image of 64x64 (img_size), got 40x64 — resize it, or slide a window of that size",
                    assertThrows(ShapeException.class, () -> label(model, 40, 80))
                            .getMessage());
        }
    }

    private static Size label(SegModel model, int height, int width) {
        return model.label(new Raster(new Size(height, width), new byte[height * width * 3]))
                .size();
    }

    private SegModel open(String testCfg) throws IOException {
        String text = """
            model = dict(
                type='EncoderDecoder',
                backbone=dict(
                    type='BEiT', img_size=64, embed_dims=16, num_layers=1, num_heads=2, out_indices=[0]),
                decode_head=dict(
                    type='FCNHead', in_channels=16, in_index=0, channels=8, num_convs=1, num_classes=3),
                test_cfg=dict(%s))
            test_pipeline = [dict(type='LoadImageFromFile'), dict(type='PackSegInputs')]
            """.formatted(testCfg);
        Config config = Config.parse(text, "beit.py");
        Segmentor segmentor = catalogues.parts().segmentor(config.root().node("model"));
        Map<String, HostTensor> zeros = new LinkedHashMap<>();
        segmentor.state().forEach(p -> {
            int count = p.shape().dims().stream().mapToInt(d -> d.intValue()).reduce(1, (a, b) -> a * b);
            if (!p.key().endsWith("_index")) { // computed
                zeros.put(p.key(), HostTensor.ofFloats(p.expected().shape(), new float[count]));
            }
        });
        Path file = folder.resolve("beit.pth");
        PthWriter.write(file, Dict.plain().put("state_dict", new StateDict(zeros).toValue()));
        return SegModel.open(ModelRequest.of(config, file), catalogues);
    }
}
