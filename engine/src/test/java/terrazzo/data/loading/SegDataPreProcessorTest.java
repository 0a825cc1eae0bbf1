package terrazzo.data.loading;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import terrazzo.core.Size;
import terrazzo.core.error.ConfigException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.golden.Settings;

final class SegDataPreProcessorTest {

    @Test
    void swapsNormalisesAndTransposes() {
        SegDataPreProcessor preprocessor = SegDataPreProcessor.read(
                Settings.of("{'type': 'SegDataPreProcessor', 'mean': [1, 2, 3], 'std': [2, 4, 8], 'bgr_to_rgb': true,"
                        + " 'pad_val': 0, 'seg_pad_val': 255, 'size': [4, 4]}"));
        Img img = new Img.Bytes(new Size(1, 2), 3, new byte[] {10, 20, 30, 11, 22, 33}); // two pixels, blue first
        InputBatch batch = preprocessor.toTest(Results.of(img));
        // red: (30 - 1) / 2, (33 - 1) / 2; green: (20 - 2) / 4, (22 - 2) / 4; blue: (10 - 3) / 8, (11 - 3) / 8
        assertArrayEquals(new float[] {14.5f, 16, 4.5f, 5, 0.875f, 1}, batch.asFloats());
        assertEquals(new Size(1, 2), batch.size());
    }

    @Test
    void padsTrainingBatchesAfterNormalising() {
        SegDataPreProcessor preprocessor = SegDataPreProcessor.read(
                Settings.of("{'mean': [1], 'std': [1], 'size_divisor': 2, 'pad_val': 7, 'seg_pad_val': 255}"));
        InputBatch batch = preprocessor.toTraining(List.of(sample(1, 1, 3), sample(1, 2, 5)));
        assertEquals(new Size(2, 2), batch.size());
        assertArrayEquals(new float[] {2, 7, 7, 7, 4, 4, 7, 7}, batch.asFloats());
        LabelMap labels = batch.dataSamples().getFirst().gtSemSeg();
        assertArrayEquals(new byte[] {3, -1, -1, -1}, labels == null ? new byte[0] : labels.asBytes());
        assertEquals(new Size(2, 2), batch.dataSamples().getFirst().meta().padShape());
    }

    @Test
    void padsTestImagesWhenToldTo() {
        SegDataPreProcessor preprocessor =
                SegDataPreProcessor.read(Settings.of("{'test_cfg': {'size_divisor': 4}, 'size': [8, 8]}"));
        assertEquals(new Size(4, 8), preprocessor.toTest(sample(3, 5, 1)).size());
    }

    @Test
    void refusesSettingsThatContradictEachOther() {
        assertEquals(
                "a.py: bgr_to_rgb: expected one of bgr_to_rgb and rgb_to_bgr, got both — remove one",
                assertThrows(
                                ConfigException.class,
                                () -> SegDataPreProcessor.read(Settings.of("{'bgr_to_rgb': true, 'rgb_to_bgr': true}")))
                        .getMessage());
        assertEquals(
                "a.py: std: expected 2 numbers other than 0, like mean, got [1.0]",
                assertThrows(
                                ConfigException.class,
                                () -> SegDataPreProcessor.read(Settings.of("{'mean': [1, 2], 'std': [1]}")))
                        .getMessage());
    }

    /// One channel, every pixel and label the same.
    private static Results sample(int height, int width, int value) {
        byte[] values = new byte[height * width];
        Arrays.fill(values, (byte) value);
        Size size = new Size(height, width);
        return Results.of(new Img.Bytes(size, 1, values)).withGtSegMap(new LabelMap(size, values));
    }
}
