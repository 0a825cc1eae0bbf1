package terrazzo.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.Size;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.SegDataSample;
import terrazzo.data.sample.SegMeta;
import terrazzo.golden.DeterministicTensor;
import terrazzo.golden.GoldenFiles;

final class IoUMetricTest {

    private static final Size SIZE = new Size(20, 30);

    @Test
    void givesTheFiguresOfTheReference() throws IOException {
        JsonNode cases = new ObjectMapper().readTree(Files.readAllBytes(GoldenFiles.committed("metrics.json")));
        assertEquals(4, cases.size());
        for (JsonNode golden : cases) {
            List<String> classes = names(golden.get("num_classes").asInt());
            IoUMetric metric = new IoUMetric(configOf(golden), classes);
            for (int i = 0; i < golden.get("areas").size(); i++) {
                SegDataSample sample = goldenSample(i, classes.size());
                assertAreas(golden.get("areas").get(i), sample, classes.size());
                metric.process(sample);
            }
            Map<String, Double> expected = new LinkedHashMap<>();
            golden.get("result")
                    .properties()
                    .forEach(e -> expected.put(e.getKey(), e.getValue().asDouble()));
            assertEquals(expected, metric.compute().summary());
        }
    }

    @Test
    void leavesAbsentClassesOutOfTheMean() {
        IoUMetric metric = new IoUMetric(IoUMetric.Config.defaults(), List.of("road", "sky", "boat"));
        metric.process(sample(new byte[] {0, 0, 1, 1}, new byte[] {0, 0, 0, 1}));
        // road: 2 of 3; sky: 1 of 2; boat: none. Mean of 66.67 and 50.
        MetricReport report = metric.compute();
        assertEquals(58.33, report.summary().get("mIoU"));
        assertEquals(75.0, report.summary().get("aAcc"));
        assertEquals(List.of(66.67, 50.0, Double.NaN), report.perClass().get("IoU"));
    }

    @Test
    void countsAbsentClassesWhenAskedTo() {
        IoUMetric.Config config = new IoUMetric.Config(255, List.of("mIoU"), OptionalDouble.of(0), 1, "");
        IoUMetric metric = new IoUMetric(config, List.of("road", "sky", "boat"));
        metric.process(sample(new byte[] {0, 0, 1, 1}, new byte[] {0, 0, 0, 1}));
        assertEquals(38.89, metric.compute().summary().get("mIoU")); // (66.67 + 50 + 0) / 3
    }

    @Test
    void drawsTheTableOfTheReferencesLog() {
        IoUMetric metric = new IoUMetric(IoUMetric.Config.defaults(), List.of("road", "sky", "boat"));
        metric.process(sample(new byte[] {0, 0, 1, 1}, new byte[] {0, 0, 0, 1}));
        assertEquals("""
            +-------+-------+-------+
            | Class |  IoU  |  Acc  |
            +-------+-------+-------+
            |  road | 66.67 | 66.67 |
            |  sky  |  50.0 | 100.0 |
            |  boat |  nan  |  nan  |
            +-------+-------+-------+\
            """, metric.compute().table());
    }

    @Test
    void addsUpTheSameFromSeveralThreads() {
        IoUMetric one = new IoUMetric(IoUMetric.Config.defaults(), names(4));
        IoUMetric many = new IoUMetric(IoUMetric.Config.defaults(), names(4));
        List<SegDataSample> samples =
                IntStream.range(0, 40).mapToObj(i -> goldenSample(i % 3, 4)).toList();
        samples.forEach(one::process);
        samples.parallelStream().forEach(many::process);
        assertEquals(one.compute(), many.compute());
    }

    @Test
    void putsThePrefixBeforeEveryName() {
        Value.DictValue dict =
                Value.DictValue.of(Map.of("type", new Value.Str("IoUMetric"), "prefix", new Value.Str("val")));
        Metric metric = Metrics.builtIn().build(ConfigNode.root(dict, "a.py"), List.of("road", "sky"));
        metric.process(sample(new byte[] {0, 0, 1, 1}, new byte[] {0, 0, 0, 1}));
        assertEquals(
                List.of("val/aAcc", "val/mIoU", "val/mAcc"),
                List.copyOf(metric.compute().summary().keySet()));
    }

    @Test
    void refusesUnknownFigures() {
        Value.DictValue dict =
                Value.DictValue.of(Map.of("type", new Value.Str("IoUMetric"), "iou_metrics", new Value.Str("mIOU")));
        ConfigNode node = ConfigNode.root(dict, "a.py");
        ConfigException e =
                assertThrows(ConfigException.class, () -> Metrics.builtIn().build(node, List.of("road")));
        assertEquals(
                "a.py: iou_metrics: expected mIoU, mDice or mFscore, got 'mIOU' — did you mean 'mIoU'?",
                e.getMessage());
    }

    @Test
    void refusesMapsOfDifferentSize() {
        IoUMetric metric = new IoUMetric(IoUMetric.Config.defaults(), names(2));
        SegDataSample sample = SegDataSample.of(SegMeta.of("a.png", null))
                .withGtSemSeg(new LabelMap(new Size(1, 2), new byte[2]))
                .withPredSemSeg(new LabelMap(new Size(2, 1), new byte[2]));
        DatasetException e = assertThrows(DatasetException.class, () -> metric.process(sample));
        assertEquals("a.png: expected a prediction of 1x2 like the label map, got 2x1", e.getMessage());
    }

    private static IoUMetric.Config configOf(JsonNode golden) {
        List<String> figures = new ArrayList<>();
        golden.get("iou_metrics").forEach(f -> figures.add(f.asText()));
        JsonNode kwargs = golden.get("kwargs");
        OptionalDouble nan = kwargs.has("nan_to_num")
                ? OptionalDouble.of(kwargs.get("nan_to_num").asDouble())
                : OptionalDouble.empty();
        return new IoUMetric.Config(255, figures, nan, kwargs.path("beta").asDouble(1), "");
    }

    private static void assertAreas(JsonNode expected, SegDataSample sample, int numClasses) {
        LabelMap predicted = sample.predSemSeg();
        LabelMap truth = sample.gtSemSeg();
        if (predicted == null || truth == null) {
            throw new IllegalStateException("sample without maps");
        }
        ClassAreas areas = new ClassAreas(numClasses);
        areas.add("golden", predicted, truth, 255);
        for (int k = 0; k < numClasses; k++) {
            assertEquals(expected.get(0).get(k).asLong(), areas.intersect(k));
            assertEquals(expected.get(1).get(k).asLong(), areas.union(k));
            assertEquals(expected.get(2).get(k).asLong(), areas.prediction(k));
            assertEquals(expected.get(3).get(k).asLong(), areas.label(k));
        }
    }

    /// floor((u + 1) / 2 * (K + 1)); K itself becomes 255 in the ground truth and is not drawn for predictions.
    private static SegDataSample goldenSample(int i, int numClasses) {
        int count = (int) SIZE.area();
        double[] p = DeterministicTensor.u("metric_pred" + i, count);
        double[] t = DeterministicTensor.u("metric_gt" + i, count);
        double[] same = DeterministicTensor.u("metric_same" + i, count);
        byte[] predicted = new byte[count];
        byte[] truth = new byte[count];
        for (int at = 0; at < count; at++) {
            int label = (int) Math.floor((t[at] + 1) / 2 * (numClasses + 1));
            truth[at] = (byte) (label >= numClasses ? 255 : label);
            predicted[at] = (byte) (int) Math.floor((p[at] + 1) / 2 * numClasses);
            if (same[at] > -0.2 && label < numClasses) {
                predicted[at] = truth[at];
            }
        }
        return sample(SIZE, predicted, truth);
    }

    private static SegDataSample sample(byte[] predicted, byte[] truth) {
        return sample(new Size(1, truth.length), predicted, truth);
    }

    private static SegDataSample sample(Size size, byte[] predicted, byte[] truth) {
        return SegDataSample.of(SegMeta.of("a.png", null))
                .withGtSemSeg(new LabelMap(size, truth))
                .withPredSemSeg(new LabelMap(size, predicted));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "class" + i).toList();
    }
}
