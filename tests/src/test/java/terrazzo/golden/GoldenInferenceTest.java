package terrazzo.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import terrazzo.config.Config;
import terrazzo.core.image.LabelMap;
import terrazzo.data.images.LabelMapFile;
import terrazzo.data.sample.Draws;
import terrazzo.data.sample.LabelRule;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.SegMeta;
import terrazzo.data.transforms.Transforms;
import terrazzo.inference.Catalogues;
import terrazzo.inference.ModelRequest;
import terrazzo.inference.Prediction;
import terrazzo.inference.Prediction.Detail;
import terrazzo.inference.SegModel;

/// Label maps and logits of two trained models against the reference's: whole images, windows, test-time augmentation.
@Tag("golden")
final class GoldenInferenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GOLDEN = Path.of("golden");
    private static final Path SCENES = GOLDEN.resolve("inference/scenes");

    @TestFactory
    Stream<DynamicTest> givesTheReferencesLabelMaps() throws IOException {
        return cases("inference").map(c -> dynamicTest(c.get("tag").asText(), () -> checkSingle(c)));
    }

    @TestFactory
    Stream<DynamicTest> averagesViewsAsTheReference() throws IOException {
        return cases("tta").map(c -> dynamicTest(c.get("tag").asText(), () -> checkAugmented(c)));
    }

    private static Stream<JsonNode> cases(String folder) throws IOException {
        JsonNode index = JSON.readTree(Files.readString(GOLDEN.resolve(folder).resolve("index.json")));
        return StreamSupport.stream(index.spliterator(), false);
    }

    private static void checkSingle(JsonNode c) throws IOException {
        try (SegModel model = open(c)) {
            Prediction got = model.predict(model.pipeline().load(image(c)), Detail.LOGITS);
            LabelMap expected = LabelMapFile.load(
                    GOLDEN.resolve("inference").resolve(c.get("pred").asText()));
            assertEquals(expected.size(), got.labels().size());
            int different = different(expected, got.labels());
            assertTrue(
                    different <= c.get("ambiguous").asInt(),
                    () -> different + " pixels differ, " + c.get("ambiguous") + " are ambiguous");
            float[] logits = got.logits().orElseThrow().asFloats();
            double std = c.get("logits_std").asDouble();
            double sum = 0;
            for (float logit : logits) {
                sum += logit;
            }
            assertEquals(c.get("logits_mean").asDouble(), sum / logits.length, 1e-3 * std);
        }
    }

    private static void checkAugmented(JsonNode c) throws IOException {
        StringBuilder ratios = new StringBuilder();
        for (JsonNode ratio : c.get("ratios")) {
            ratios.append("dict(type='Resize', scale_factor=%s, keep_ratio=True), ".formatted(ratio));
        }
        String flips = c.get("flip").asBoolean()
                ? "dict(type='RandomFlip', prob=0., direction='horizontal'), dict(type='RandomFlip', prob=1.,"
                        + " direction='horizontal')"
                : "dict(type='RandomFlip', prob=0., direction='horizontal')";
        Config tta = Config.parse("""
            pipeline = [dict(type='LoadImageFromFile'), dict(type='TestTimeAug', transforms=[[%s], [%s],
                [dict(type='PackSegInputs')]])]
            """.formatted(ratios, flips), "<tta>");
        try (SegModel model = open(c)) {
            Results views = Transforms.builtIn()
                    .pipeline(tta.root().nodes("pipeline"))
                    .apply(Results.of(SegMeta.of(image(c).toString(), null), LabelRule.NONE), new Draws(0));
            LabelMap got = model.predict(views, Detail.LABELS).labels();
            LabelMap expected = LabelMapFile.load(
                    GOLDEN.resolve("tta").resolve(c.get("pred").asText()));
            assertEquals(expected.size(), got.size());
            int different = different(expected, got);
            assertTrue(different <= expected.size().area() / 1000, () -> different + " pixels differ");
        }
    }

    private static SegModel open(JsonNode c) throws IOException {
        Path e2e = GOLDEN.resolve("e2e");
        String run = c.get("run").asText();
        String testCfg = c.get("test_cfg").toString();
        Config config = Config.load(e2e.resolve(run + ".config.json"));
        JsonNode edited = JSON.readTree(config.toJson());
        ((ObjectNode) edited.get("model")).set("test_cfg", JSON.readTree(testCfg));
        return SegModel.open(
                ModelRequest.of(Config.fromJson(edited.toString(), run), e2e.resolve(run + ".iter_30.pth")),
                Catalogues.builtIn());
    }

    private static Path image(JsonNode c) {
        return SCENES.resolve(Path.of(c.get("image").asText()).getFileName());
    }

    private static int different(LabelMap expected, LabelMap got) {
        int count = 0;
        for (int i = 0; i < expected.asBytes().length; i++) {
            count += expected.asBytes()[i] == got.asBytes()[i] ? 0 : 1;
        }
        return count;
    }
}
