package terrazzo.app.workspace.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.error.ConfigException;

final class OptionsTest {

    private static Config config() throws IOException {
        return new ConfigLocator().load("unet/unet-s4-w8_fcn_1xb4-30i_scenes-96x128", List.of());
    }

    @Test
    void readsWhatTheConfigSays() throws IOException {
        Config config = config();
        assertEquals("30", Options.read(config, Field.ITERATIONS));
        assertEquals("4", Options.read(config, Field.BATCH));
        assertEquals("0.05", Options.read(config, Field.RATE));
        assertEquals("8", Options.read(config, Field.CLASSES));
        assertEquals("", Options.read(config, Field.LOAD_FROM));
    }

    @Test
    void changesEveryPlaceThatAnOptionStandsIn() throws IOException {
        Config changed = Options.change(config(), Field.ITERATIONS, "200");
        assertEquals(200, changed.root().node("train_cfg").integer("max_iters"));
        assertEquals(200, changed.root().nodes("param_scheduler").getFirst().integer("end"));
        Config classes = Options.change(changed, Field.CLASSES, "road, car, sky");
        assertEquals(3, classes.root().node("model").node("decode_head").integer("num_classes"));
        assertEquals(3, classes.root().node("model").node("auxiliary_head").integer("num_classes"));
        assertEquals("road, car, sky", Options.read(classes, Field.CLASSES));
        assertEquals("64x96", Options.read(Options.change(classes, Field.CROP, "64x96"), Field.CROP));
        assertEquals("6e-05", Options.read(Options.change(classes, Field.RATE, "6e-5"), Field.RATE));
        assertEquals("a.pth", Options.read(Options.change(classes, Field.LOAD_FROM, "a.pth"), Field.LOAD_FROM));
        assertEquals("/data", Options.read(Options.change(classes, Field.DATA_ROOT, "/data"), Field.DATA_ROOT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        BATCH | 0 | batch: expected a whole number above 0, got '0'
        BATCH | 99999999999999999999 | batch: expected a whole number above 0, got '99999999999999999999'
        ITERATIONS | abc | iterations: expected a whole number above 0, got 'abc'
        CROP | 512 | crop: expected height x width, as in 512x1024, got '512'
        CROP | 0x512 | crop: expected height x width, as in 512x1024, got '0x512'
        RATE | 1.2.3 | rate: expected a number, as in 0.01 or 6e-5, got '1.2.3'
        RATE | . | rate: expected a number, as in 0.01 or 6e-5, got '.'
        CLASSES | 0 | classes: expected names with commas between them, or their number, got '0'
        DATA_ROOT | '' | data_root: expected a folder, got ''
        """)
    void refusesWhatCannotBeMeant(Field field, String typed, String complaint) throws IOException {
        Config config = config();
        assertEquals(
                complaint,
                assertThrows(ConfigException.class, () -> Options.change(config, field, typed))
                        .complaint()
                        .text());
    }
}
