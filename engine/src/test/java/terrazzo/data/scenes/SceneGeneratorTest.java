package terrazzo.data.scenes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;

class SceneGeneratorTest {

    private static final Size SMALL = new Size(96, 128);

    @Test
    void makesTheSameBytesOnEveryMachine() {
        Scene scene = SceneGenerator.of(42).scene(3, SMALL);

        assertEquals("9e0a6905", crc(scene.image().asBgr()));
        assertEquals("12c4a10e", crc(scene.labels().asBytes()));
    }

    @Test
    void makesOtherScenesForOtherSeedsAndIndices() {
        byte[] one = SceneGenerator.of(1).scene(0, SMALL).image().asBgr();

        assertFalse(
                Arrays.equals(one, SceneGenerator.of(1).scene(1, SMALL).image().asBgr()));
        assertFalse(
                Arrays.equals(one, SceneGenerator.of(2).scene(0, SMALL).image().asBgr()));
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "97, 131", "480, 360", "256, 512"})
    void drawsAnySize(int height, int width) {
        Scene scene = SceneGenerator.of(5).scene(0, new Size(height, width));

        assertEquals(new Size(height, width), scene.image().size());
        assertEquals(new Size(height, width), scene.labels().size());
    }

    @Test
    void showsEveryClassOftenAndNothingElse() {
        long[] pixels = new long[256];
        int[] scenes = new int[256];
        for (int i = 0; i < 40; i++) {
            long[] here = count(SceneGenerator.of(9).scene(i, SMALL).labels());
            for (int label = 0; label < 256; label++) {
                pixels[label] += here[label];
                scenes[label] += here[label] > 0 ? 1 : 0;
            }
        }

        for (SceneClass c : SceneClass.values()) {
            assertTrue(scenes[c.label()] >= 24, c + " in " + scenes[c.label()] + " of 40 scenes");
            assertTrue(pixels[c.label()] > 40 * 96 * 128 / 500, c + " has " + pixels[c.label()] + " pixels");
        }
        assertEquals(40L * 96 * 128, Arrays.stream(pixels, 0, 8).sum());
    }

    @Test
    void showsTheSameStreetAtEverySize() {
        // The lower left corner is ground and the upper middle is not, whatever the size: compare shares of the
        // classes.
        long[] small = count(SceneGenerator.of(3).scene(2, new Size(90, 160)).labels());
        long[] large = count(SceneGenerator.of(3).scene(2, new Size(360, 640)).labels());

        for (SceneClass c : SceneClass.values()) {
            double expected = large[c.label()] / (360.0 * 640);
            assertEquals(expected, small[c.label()] / (90.0 * 160), 0.02, c.name());
        }
    }

    @Test
    void ignoresOutlinesOnlyWhenAsked() {
        Scene scene = SceneGenerator.of(1).scene(0, SMALL);
        Scene outlined = scene.withIgnoredOutlines();

        assertEquals(0, count(scene.labels())[255]);
        assertTrue(count(outlined.labels())[255] > 300);
        for (int i = 0; i < 96 * 128; i++) {
            byte label = outlined.labels().asBytes()[i];
            assertTrue(label == (byte) 255 || label == scene.labels().asBytes()[i]);
        }
    }

    @Test
    void namesClassesAsDataSetsDo() {
        assertEquals(
                List.of("road", "sidewalk", "building", "vegetation", "sky", "car", "person", "pole"),
                SceneClass.names());
        assertEquals(List.of(128, 64, 128), SceneClass.palette().toTriples().get(0));
        int label = 0;
        for (SceneClass c : SceneClass.values()) {
            assertEquals(label++, c.label());
        }
    }

    @Test
    void rejectsTinySizes() {
        assertEquals(
                "expected a size of at least 16x16, got 8x64",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SceneGenerator.of(1).scene(0, new Size(8, 64)))
                        .getMessage());
    }

    @Test
    void drivesThroughOneStreet() {
        SceneVideo video = SceneVideo.of(4, SMALL, 20, 10);
        Scene first = video.frame(0);
        Scene second = video.frame(1);
        Scene last = video.frame(19);

        assertEquals(20, video.frames());
        assertArrayEquals(second.image().asBgr(), video.frame(1).image().asBgr());
        assertTrue(changed(first, second) > 0.01, "nothing moves");
        assertTrue(changed(first, second) < changed(first, last), "neighbours are alike");
        assertEquals(
                "expected a frame from 0 to 19, got 20",
                assertThrows(IndexOutOfBoundsException.class, () -> video.frame(20))
                        .getMessage());
    }

    private static double changed(Scene a, Scene b) {
        int differing = 0;
        for (int i = 0; i < 96 * 128; i++) {
            differing += a.labels().asBytes()[i] == b.labels().asBytes()[i] ? 0 : 1;
        }
        return differing / (96.0 * 128);
    }

    private static long[] count(LabelMap labels) {
        long[] counts = new long[256];
        for (byte label : labels.asBytes()) {
            counts[label & 0xFF]++;
        }
        return counts;
    }

    private static String crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return "%08x".formatted(crc.getValue());
    }
}
