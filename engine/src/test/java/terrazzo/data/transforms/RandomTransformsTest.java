package terrazzo.data.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import terrazzo.core.Size;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Results;
import terrazzo.golden.Settings;

/// Steps that draw, each against draws made by hand in the order that the step's doc gives.
final class RandomTransformsTest {

    private static final long SEED = 42;

    @Test
    void cropsAtTheOffsetsDrawn() {
        Results cropped = run("{'type': 'RandomCrop', 'crop_size': [10, 20]}", scene(40, 60));
        Draws draws = new Draws(SEED);
        int y = draws.integer(0, 31);
        int x = draws.integer(0, 41);
        assertEquals(new Size(10, 20), cropped.meta().imgShape());
        assertEquals(labelAt(scene(40, 60), x, y), labelAt(cropped, 0, 0));
        assertEquals(bytes(scene(40, 60))[(y * 60 + x) * 3], bytes(cropped)[0]);
        assertEquals(labelAt(scene(40, 60), x + 19, y + 9), labelAt(cropped, 19, 9));
    }

    @Test
    void keepsTheEleventhWindowWhenNoneIsVaried() {
        Results plain = scene(40, 60).withGtSegMap(new LabelMap(new Size(40, 60), new byte[2400]));
        Results cropped = run("{'type': 'RandomCrop', 'crop_size': [10, 20], 'cat_max_ratio': 0.75}", plain);
        Draws draws = new Draws(SEED);
        int y = 0;
        int x = 0;
        for (int window = 0; window < 11; window++) {
            y = draws.integer(0, 31);
            x = draws.integer(0, 41);
        }
        assertEquals(bytes(plain)[(y * 60 + x) * 3], bytes(cropped)[0]);
    }

    @Test
    void leavesImagesSmallerThanTheWindowAsTheyAre() {
        Results cropped = run("{'type': 'RandomCrop', 'crop_size': [100, 20]}", scene(40, 60));
        assertEquals(new Size(40, 20), cropped.meta().imgShape());
    }

    @Test
    void resizesByTheRatioDrawn() {
        Results resized = run(
                "{'type': 'RandomResize', 'scale': [60, 40], 'ratio_range': [0.5, 2.0], 'keep_ratio': true}",
                scene(40, 60));
        double ratio = new Draws(SEED).unit() * 1.5 + 0.5; // 1.0618
        assertEquals(1.0618, ratio, 1e-4);
        // int(60 * 1.0618) = 63 and int(40 * 1.0618) = 42; 42 / 40 = 1.05 = 63 / 60
        assertEquals(new Size(42, 63), resized.meta().imgShape());
    }

    @Test
    void resizesToSidesBetweenTwoScales() {
        Results resized = run("{'type': 'RandomResize', 'scale': [[60, 40], [160, 90]]}", scene(40, 60));
        Draws draws = new Draws(SEED);
        int width = draws.integer(60, 161);
        assertEquals(new Size(draws.integer(40, 91), width), resized.meta().imgShape());
    }

    @Test
    void choosesOneOfTheScales() {
        Results resized = run("{'type': 'RandomChoiceResize', 'scales': [[6, 4], [16, 9], [8, 8]]}", scene(40, 60));
        List<Size> sizes = List.of(new Size(4, 6), new Size(9, 16), new Size(8, 8));
        assertEquals(sizes.get(new Draws(SEED).integer(0, 3)), resized.meta().imgShape());
    }

    @Test
    void flipsAsOftenAsAsked() {
        Transform flip = Transforms.builtIn().build(Settings.of("{'type': 'RandomFlip', 'prob': 0.3}"));
        Results scene = scene(4, 6);
        long flipped = IntStream.range(0, 1000)
                .filter(seed -> flip.apply(scene, new Draws(seed)).meta().flip() != null)
                .count();
        assertTrue(flipped > 250 && flipped < 350, flipped + " of 1000");
    }

    @Test
    void rotatesNothingWithProbabilityZeroButDrawsTheAngle() {
        Draws draws = new Draws(SEED);
        Transform rotate =
                Transforms.builtIn().build(Settings.of("{'type': 'RandomRotate', 'prob': 0.0, 'degree': 20}"));
        Results scene = scene(40, 60);
        assertArrayEquals(bytes(scene), bytes(rotate.apply(scene, draws)));
        assertEquals(0.7319939418114051, draws.unit()); // the third number of this seed
    }

    @Test
    void cutsHolesInImageAndLabels() {
        Results cut = run(
                "{'type': 'RandomCutOut', 'prob': 1.0, 'n_holes': 1, 'cutout_shape': [[5, 3]],"
                        + " 'fill_in': [1, 2, 3], 'seg_fill_in': 200}",
                scene(40, 60));
        Draws draws = new Draws(SEED);
        draws.unit();
        int x = draws.integer(0, 60); // the number of holes draws nothing, there is one choice
        int y = draws.integer(0, 40);
        assertEquals(200, labelAt(cut, x, y));
        assertEquals(2, bytes(cut)[(y * 60 + x) * 3 + 1]);
        LabelMap labels = labels(cut);
        long filled = IntStream.range(0, 2400)
                .filter(i -> (labels.asBytes()[i] & 0xFF) == 200)
                .count();
        assertEquals((long) Math.min(5, 60 - x) * Math.min(3, 40 - y), filled);
    }

    @Test
    void distortsColoursReproducibly() {
        Transform distort = Transforms.builtIn().build(Settings.of("{'type': 'PhotoMetricDistortion'}"));
        Results scene = scene(40, 60);
        byte[] once = bytes(distort.apply(scene, new Draws(7)));
        assertArrayEquals(once, bytes(distort.apply(scene, new Draws(7))));
        assertArrayEquals(bytes(scene(40, 60)), bytes(scene), "the sample given was changed");
    }

    @Test
    void brightensByTheAmountDrawn() {
        // With ranges of 1 only brightness and hue can change anything, and with a hue range of 1 at most -1.
        Results scene = scene(40, 60);
        long seed = LongSearch.first(
                s -> { // brightness on; contrast, saturation and hue off
                    Draws d = new Draws(s);
                    boolean bright = d.integer(0, 2) == 1;
                    d.unit();
                    d.integer(0, 2);
                    return bright && d.integer(0, 2) == 0 && d.integer(0, 2) == 0 && d.integer(0, 2) == 0;
                });
        Transform distort = Transforms.builtIn().build(Settings.of("{'type': 'PhotoMetricDistortion'}"));
        byte[] got = bytes(distort.apply(scene, new Draws(seed)));
        Draws draws = new Draws(seed);
        draws.integer(0, 2);
        float delta = (float) draws.uniform(-32, 32);
        for (int i = 0; i < got.length; i++) {
            int expected = (int) Math.clamp((bytes(scene)[i] & 0xFF) + delta, 0f, 255f);
            assertEquals(expected, got[i] & 0xFF);
        }
    }

    @Test
    void putsFourSamplesIntoAMosaic() {
        List<Results> others = List.of(filled(1), filled(2), filled(3));
        Results mosaic = run(
                "{'type': 'RandomMosaic', 'prob': 1.0, 'img_scale': [40, 60], 'pad_val': 9, 'seg_pad_val': 99}",
                filled(0).withMixResults(others));
        Draws draws = new Draws(SEED);
        draws.unit();
        int x = (int) (draws.uniform(0.5, 1.5) * 60);
        int y = (int) (draws.uniform(0.5, 1.5) * 40);
        assertEquals(new Size(80, 120), labels(mosaic).size());
        assertEquals(0, labelAt(mosaic, x - 1, y - 1));
        assertEquals(1, labelAt(mosaic, x, y - 1));
        assertEquals(2, labelAt(mosaic, x - 1, y));
        assertEquals(3, labelAt(mosaic, x, y));
        assertEquals(99, labelAt(mosaic, 0, 0)); // the meeting point is right of and below the first tile
        assertEquals(9, bytes(mosaic)[0]);
    }

    @Test
    void refusesMosaicsWithoutOthers() {
        assertEquals(
                "RandomMosaic: expected 3 other samples, got 0"
                        + " — wrap the data set in MultiImageMixDataset and put the step into its pipeline",
                assertThrows(DatasetException.class, () -> run("{'type': 'RandomMosaic', 'prob': 1.0}", scene(40, 60)))
                        .getMessage());
    }

    @Test
    void refusesColourWorkAfterNormalising() {
        Results normalized = run("{'type': 'Normalize', 'mean': [0, 0, 0], 'std': [1, 1, 1]}", scene(4, 6));
        assertEquals(
                "PhotoMetricDistortion: expected an image of 8-bit values, got floats"
                        + " — put PhotoMetricDistortion before Normalize in the pipeline",
                assertThrows(DatasetException.class, () -> run("{'type': 'PhotoMetricDistortion'}", normalized))
                        .getMessage());
    }

    @Test
    void refusesStatisticsForOtherChannels() {
        assertEquals(
                "Normalize: expected an image of 1 channels, one per value in its settings, got 3 channels",
                assertThrows(
                                DatasetException.class,
                                () -> run("{'type': 'Normalize', 'mean': [0], 'std': [1]}", scene(4, 6)))
                        .getMessage());
    }

    private static Results run(String settings, Results results) {
        return Transforms.builtIn().build(Settings.of(settings)).apply(results, new Draws(SEED));
    }

    private static Results filled(int label) {
        byte[] labels = new byte[2400];
        Arrays.fill(labels, (byte) label);
        return scene(40, 60).withGtSegMap(new LabelMap(new Size(40, 60), labels));
    }

    /// Every pixel and label differs from its neighbours.
    private static Results scene(int height, int width) {
        byte[] bgr = new byte[height * width * 3];
        byte[] labels = new byte[height * width];
        for (int i = 0; i < bgr.length; i++) {
            bgr[i] = (byte) (i * 7);
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % 11);
        }
        Size size = new Size(height, width);
        return Results.of(new Img.Bytes(size, 3, bgr)).withGtSegMap(new LabelMap(size, labels));
    }

    private static int labelAt(Results results, int x, int y) {
        return labels(results).at(x, y);
    }

    private static LabelMap labels(Results results) {
        LabelMap labels = results.gtSegMap();
        if (labels == null) {
            throw new AssertionError("no label map");
        }
        return labels;
    }

    private static byte[] bytes(Results results) {
        if (results.img() instanceof Img.Bytes img) {
            return img.values();
        }
        throw new AssertionError("no image of bytes");
    }

    private interface LongSearch {
        boolean fits(long seed);

        static long first(LongSearch search) {
            long seed = 0;
            while (!search.fits(seed)) {
                seed++;
            }
            return seed;
        }
    }
}
