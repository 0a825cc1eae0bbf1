package terrazzo.data.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.data.datasets.BundledScenes;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.ImageLimits;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.ScaleFactor;
import terrazzo.data.sample.SegMeta;
import terrazzo.golden.GoldenFiles;
import terrazzo.golden.Settings;

/// Every step against pixels that the reference made of the first bundled scene.
@Tag("golden")
final class GoldenTransformsTest {

    static Stream<String> cases() throws IOException {
        JsonNode index = new ObjectMapper().readTree(golden("index.json").toFile());
        return StreamSupport.stream(index.spliterator(), false)
                .map(g -> g.get("name").asText());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheReference(String name) throws IOException {
        JsonNode index = new ObjectMapper().readTree(golden("index.json").toFile());
        JsonNode golden = StreamSupport.stream(index.spliterator(), false)
                .filter(g -> g.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
        Transform transform = Transforms.builtIn().build(Settings.of(golden.get("cfg")));
        Results results = transform.apply(scene(golden.get("image").asText()), new Draws(0));

        assertImage(golden, results.requireImg(name));
        LabelMap expected = LabelMapFile.load(golden(name + ".seg.png"));
        LabelMap labels = results.gtSegMap();
        assertTrue(labels != null, "no label map");
        assertEquals(expected.size(), labels.size());
        assertArrayEquals(expected.asBytes(), labels.asBytes());
        assertMeta(golden, results.meta());
    }

    private static void assertMeta(JsonNode golden, SegMeta meta) {
        if (golden.get("cfg").get("type").asText().matches("Resize|Pad|RandomFlip|RandomCrop")) {
            JsonNode shape = golden.get("img_shape");
            assertEquals(new Size(shape.get(0).asInt(), shape.get(1).asInt()), meta.imgShape());
        }
        if (golden.has("scale_factor")) {
            JsonNode factor = golden.get("scale_factor");
            assertEquals(new ScaleFactor(factor.get(0).asDouble(), factor.get(1).asDouble()), meta.scaleFactor());
        }
        if (golden.has("flip_direction")) {
            assertEquals(
                    golden.get("flip_direction").asText(),
                    String.valueOf(meta.flip()).toLowerCase(Locale.ROOT));
        }
    }

    private static void assertImage(JsonNode golden, Img img) throws IOException {
        String name = golden.get("name").asText();
        Path png = golden(name + ".img.png");
        if (Files.exists(png)) {
            Img expected = Img.of(ImageFile.load(png));
            assertEquals(expected.size(), img.size());
            assertBytes(((Img.Bytes) expected).values(), ((Img.Bytes) img).values());
            return;
        }
        FloatBuffer expected = ByteBuffer.wrap(Files.readAllBytes(golden(name + ".img.f32")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] got = img.asFloats();
        assertEquals(expected.remaining(), got.length);
        for (int i = 0; i < got.length; i++) {
            assertEquals(expected.get(i), got[i], 1e-3f * Math.max(1, Math.abs(expected.get(i))) * 0.01f, "at " + i);
        }
    }

    /// At most one grey level off on at most one value in a hundred.
    private static void assertBytes(byte[] expected, byte[] got) {
        int off = 0;
        for (int i = 0; i < got.length; i++) {
            int difference = Math.abs((expected[i] & 0xFF) - (got[i] & 0xFF));
            assertTrue(difference <= 1, "value " + i + " is off by " + difference);
            off += difference;
        }
        assertTrue(off <= got.length / 100, off + " of " + got.length + " values are off");
    }

    private static Results scene(String image) throws IOException {
        return Results.of(Img.of(ImageFile.decode(image, BundledScenes.read(image), ImageLimits.DEFAULT)))
                .withGtSegMap(LabelMapFile.decode(
                        image, BundledScenes.read(image.replace("img_dir", "ann_dir")), ImageLimits.DEFAULT));
    }

    private static Path golden(String name) {
        return GoldenFiles.committed("transforms").resolve(name);
    }
}
