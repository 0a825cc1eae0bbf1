package terrazzo.data.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.Scale;
import terrazzo.core.Size;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.Raster;
import terrazzo.data.datasets.Datasets;
import terrazzo.data.loading.DataLoader;
import terrazzo.data.loading.SegDataPreProcessor;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.FlipDirection;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.LabelRule;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.SegMeta;
import terrazzo.golden.GoldenFiles;
import terrazzo.golden.Settings;
import terrazzo.metrics.Metric;
import terrazzo.metrics.Metrics;

final class TransformsTest {

    private static final Transforms CATALOGUE = Transforms.builtIn();

    @Test
    void listsEveryStepOfTheRoomOnce() throws IOException, URISyntaxException, ClassNotFoundException {
        Path room = Path.of(Transforms.class.getResource("Transforms.class").toURI())
                .resolveSibling("");
        Set<String> steps = new TreeSet<>();
        try (Stream<Path> files = Files.list(room)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.class$", "");
                Class<?> type = name.contains("-") ? Object.class : Class.forName("terrazzo.data.transforms." + name);
                if (Transform.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                    steps.add(name);
                }
            }
        }
        steps.removeAll(Set.of("Pipeline", "LegacyFormat")); // no step itself; a step with several old names
        steps.addAll(Set.of("MultiScaleFlipAug", "ImageToTensor", "ToTensor", "DefaultFormatBundle", "Collect"));
        assertEquals(steps, new TreeSet<>(CATALOGUE.names()));
    }

    /// Every pipeline, data set, loader, preprocessor and evaluator of the reference's configs.
    @Test
    void readsTheSettingsOfEveryConfigOfTheReference() throws IOException {
        JsonNode configs;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(GoldenFiles.shared("facts/configs.json.gz")))) {
            configs = new ObjectMapper().readTree(in);
        }
        Datasets datasets = Datasets.builtIn(CATALOGUE);
        int read = 0;
        for (JsonNode config : configs) {
            for (String part : Set.of("train", "val", "test")) {
                JsonNode loader = config.get(part + "_dataloader");
                DataLoader.Config.read(Settings.of(loader), 0);
                datasets.build(lazy(Settings.of(loader.get("dataset"))));
            }
            Metric metric = Metrics.builtIn().build(Settings.of(config.get("test_evaluator")), List.of("a", "b"));
            metric.reset();
            SegDataPreProcessor.read(Settings.of(config.get("model").get("data_preprocessor")));
            read++;
        }
        assertEquals(638, read);
    }

    /// The settings with `lazy_init` in every data set, since there are no files.
    private static ConfigNode lazy(ConfigNode c) {
        return Settings.of("{}").with("root", lazy(c.dict())).node("root");
    }

    private static Value lazy(Value value) {
        return switch (value) {
            case Value.DictValue d -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                d.entries().forEach((k, v) -> entries.put(k, lazy(v)));
                if (d.entries().get("type") instanceof Value.Str(var type) && type.contains("Dataset")) {
                    entries.put("lazy_init", new Value.Bool(true));
                }
                yield Value.DictValue.of(entries);
            }
            case Value.ListValue(var items) ->
                new Value.ListValue(items.stream().map(TransformsTest::lazy).toList());
            default -> value;
        };
    }

    @Test
    void makesEveryViewOfTestTimeAugmentation() {
        Results results = CATALOGUE.build(Settings.of("""
            {'type': 'TestTimeAug', 'transforms': [
              [{'type': 'Resize', 'scale_factor': 0.5, 'keep_ratio': true},
               {'type': 'Resize', 'scale_factor': 1.5, 'keep_ratio': true}],
              [{'type': 'RandomFlip', 'prob': 0.0}, {'type': 'RandomFlip', 'prob': 1.0}],
              [{'type': 'PackSegInputs'}]]}\
            """)).apply(Results.of(blank(20, 40)), new Draws(0));
        assertEquals("10x20 null, 10x20 HORIZONTAL, 30x60 null, 30x60 HORIZONTAL", views(results));
    }

    @Test
    void readsTheAugmentationOfOldConfigs() {
        Results results = CATALOGUE.build(Settings.of("""
            {'type': 'MultiScaleFlipAug', 'img_scale': [80, 40], 'img_ratios': [0.5, 1.0], 'flip': true,
             'transforms': [{'type': 'Resize', 'keep_ratio': true}, {'type': 'RandomFlip'},
              {'type': 'Normalize', 'mean': [1, 2, 3], 'std': [1, 1, 1], 'to_rgb': true},
              {'type': 'ImageToTensor', 'keys': ['img']}, {'type': 'Collect', 'keys': ['img']}]}\
            """)).apply(Results.of(blank(20, 40)), new Draws(0));
        assertEquals("20x40 null, 20x40 HORIZONTAL, 40x80 null, 40x80 HORIZONTAL", views(results));
    }

    @Test
    void readsTheAugmentationOfMmcv() {
        Results results = CATALOGUE.build(Settings.of("""
            {'type': 'MultiScaleFlipAug', 'scales': [[80, 40], [20, 10]], 'allow_flip': true,
             'flip_direction': ['horizontal', 'vertical'], 'transforms': [{'type': 'PackSegInputs'}]}\
            """)).apply(Results.of(blank(20, 40)), new Draws(0));
        assertEquals(
                "40x80 null, 40x80 HORIZONTAL, 40x80 VERTICAL, 10x20 null, 10x20 HORIZONTAL, 10x20 VERTICAL",
                views(results));
    }

    @Test
    void fillsTheFrameWhicheverWayRoundTheImageLies() {
        // 40x20 turned: long side 40 → 80, short side 20 → 40; both allow a factor of 2.
        Resize resize = new Resize(new Resize.ToScale(new Scale(80, 40)), true, Interpolation.BILINEAR);
        assertEquals(new Size(80, 40), resize.sizeFor(new Size(40, 20)));
        // 40/30 = 1.33 for the short side, 80/33 = 2.42 for the long one; 33 * 1.333 = 44.0
        assertEquals(new Size(40, 44), resize.sizeFor(new Size(30, 33)));
    }

    @Test
    void keepsImagesThatAreLargerThanThePaddedSize() {
        Results results = CATALOGUE
                .build(Settings.of("{'type': 'Pad', 'size': [10, 30]}")) // (width, height)
                .apply(Results.of(blank(20, 40)), new Draws(0));
        assertEquals(new Size(30, 40), results.meta().padShape());
    }

    @Test
    void padsToMultiples() {
        Results results = CATALOGUE
                .build(Settings.of("{'type': 'Pad', 'size_divisor': 32}"))
                .apply(Results.of(blank(20, 65)), new Draws(0));
        assertEquals(new Size(32, 96), results.meta().imgShape());
    }

    @Test
    void turnsRoundTwiceForADiagonalFlip() {
        byte[] bgr = new byte[2 * 2 * 3];
        bgr[0] = 9;
        Results results = RandomFlip.always(FlipDirection.DIAGONAL)
                .apply(Results.of(Img.of(new Raster(new Size(2, 2), bgr))), new Draws(0));
        assertTrue(results.img() instanceof Img.Bytes flipped && flipped.values()[9] == 9);
    }

    @Test
    void namesTheNearestStepAndKey() {
        assertMessage(
                "a.py: type: expected a transform, got 'RandomCorp' — did you mean 'RandomCrop' or 'RandomFlip'?",
                "{'type': 'RandomCorp'}");
        assertMessage(
                "a.py: keep_ration: unknown key — did you mean 'keep_ratio'?",
                "{'type': 'Resize', 'scale': [4, 4], 'keep_ration': true}");
        assertMessage(
                "a.py: scale: expected scale=(width, height) or scale_factor, got neither — add one of them",
                "{'type': 'Resize'}");
        assertMessage(
                "a.py: prob: expected one probability per direction, at most 1 together, got [0.5, 0.7]",
                "{'type': 'RandomFlip', 'prob': [0.5, 0.7], 'direction': ['horizontal', 'vertical']}");
    }

    @Test
    void saysWhenThereIsNoImageYet() {
        Transform resize = CATALOGUE.build(Settings.of("{'type': 'Resize', 'scale': [4, 4]}"));
        Results empty = Results.of(SegMeta.of("a.png", null), LabelRule.NONE);
        assertEquals(
                "Resize: expected an image, got none — put LoadImageFromFile before Resize in the pipeline",
                assertThrows(DatasetException.class, () -> resize.apply(empty, new Draws(0)))
                        .getMessage());
    }

    private static void assertMessage(String text, String settings) {
        ConfigNode node = Settings.of(settings);
        assertEquals(
                text,
                assertThrows(ConfigException.class, () -> CATALOGUE.build(node)).getMessage());
    }

    private static String views(Results results) {
        return String.join(
                ", ",
                results.views().stream()
                        .map(v -> v.meta().imgShape() + " " + v.meta().flip())
                        .toList());
    }

    private static Img blank(int height, int width) {
        return Img.of(new Raster(new Size(height, width), new byte[height * width * 3]));
    }
}
