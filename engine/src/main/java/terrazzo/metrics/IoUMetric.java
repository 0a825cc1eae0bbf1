package terrazzo.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.error.Nearest;
import terrazzo.core.image.LabelMap;
import terrazzo.data.sample.SegDataSample;

/// Intersection over union, Dice and F-score per class and on average, with the reference's names and rounding.
///
/// - reads `predSemSeg` and `gtSemSeg`, `[H, W]` of one size
/// - a class that occurs neither in truth nor in prediction is NaN and left out of the mean
public final class IoUMetric implements Metric {

    /// @param ignoreIndex ground truth that does not count
    /// @param iouMetrics which of `mIoU`, `mDice`, `mFscore`
    /// @param nanToNum what stands for NaN; empty to leave NaN out of means
    /// @param beta weight of recall in the F-score
    /// @param prefix goes before every name with a slash; empty for none
    public record Config(
            int ignoreIndex, List<String> iouMetrics, OptionalDouble nanToNum, double beta, String prefix) {

        private static final List<String> KNOWN = List.of("mIoU", "mDice", "mFscore");

        public Config {
            iouMetrics = List.copyOf(iouMetrics);
        }

        /// mIoU alone, 255 ignored.
        public static Config defaults() {
            return new Config(LabelMap.IGNORE, List.of("mIoU"), OptionalDouble.empty(), 1, "");
        }

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            c.ignoring("type", "collect_device");
            List<String> metrics = c.strings("iou_metrics", List.of("mIoU"));
            for (String metric : metrics) {
                if (!KNOWN.contains(metric)) {
                    throw c.error(
                            "iou_metrics",
                            "mIoU, mDice or mFscore",
                            "'" + metric + "'",
                            Nearest.suggestion(metric, KNOWN));
                }
            }
            OptionalDouble nan =
                    c.has("nan_to_num") ? OptionalDouble.of(c.number("nan_to_num")) : OptionalDouble.empty();
            Config config = new Config(
                    c.integer("ignore_index", LabelMap.IGNORE),
                    metrics,
                    nan,
                    c.number("beta", 1),
                    c.string("prefix", ""));
            c.done();
            return config;
        }
    }

    private final Config config;
    private final List<String> classes;
    private final Object lock = new Object();
    private ClassAreas total;

    /// @param classes names of the data set's classes, by index
    public IoUMetric(Config config, List<String> classes) {
        this.config = config;
        this.classes = List.copyOf(classes);
        this.total = new ClassAreas(classes.size());
    }

    @Override
    public void process(SegDataSample sample) {
        LabelMap predicted = sample.predSemSeg();
        LabelMap truth = sample.gtSemSeg();
        String name = sample.meta().name();
        if (predicted == null || truth == null) {
            throw new DatasetException(Complaint.at(name)
                    .expected("a prediction and a label map")
                    .got(predicted == null ? "no prediction" : "no label map")
                    .advice(truth == null ? "put LoadAnnotations into the test pipeline" : ""));
        }
        ClassAreas areas = new ClassAreas(classes.size());
        areas.add(name, predicted, truth, config.ignoreIndex());
        add(areas);
    }

    /// Adds pixels counted elsewhere, for example on another machine.
    public void add(ClassAreas areas) {
        synchronized (lock) {
            total.add(areas);
        }
    }

    @Override
    public void reset() {
        synchronized (lock) {
            total = new ClassAreas(classes.size());
        }
    }

    @Override
    public MetricReport compute() {
        ClassAreas areas = new ClassAreas(classes.size());
        synchronized (lock) {
            areas.add(total);
        }
        Map<String, List<Double>> perClass = new LinkedHashMap<>();
        for (String metric : config.iouMetrics()) {
            columns(metric, areas, perClass);
        }
        Map<String, Double> summary = new LinkedHashMap<>();
        double accuracy = orNumber((double) areas.totalIntersect() / areas.totalLabel());
        summary.put(named("aAcc"), percent(accuracy));
        perClass.forEach((name, values) -> summary.put(named("m" + name), percent(meanWithoutNaN(values))));
        perClass.replaceAll(
                (_, values) -> values.stream().map(IoUMetric::percent).toList());
        return new MetricReport(summary, classes, perClass);
    }

    private void columns(String metric, ClassAreas a, Map<String, List<Double>> perClass) {
        List<Double> recall = column(i -> (double) a.intersect(i) / a.label(i));
        switch (metric) {
            case "mIoU" -> {
                perClass.put("IoU", column(i -> (double) a.intersect(i) / a.union(i)));
                perClass.put("Acc", recall);
            }
            case "mDice" -> {
                perClass.put("Dice", column(i -> 2.0 * a.intersect(i) / (a.prediction(i) + a.label(i))));
                perClass.put("Acc", recall);
            }
            default -> {
                perClass.put("Fscore", column(i -> fScore(a, i)));
                perClass.put("Precision", column(i -> (double) a.intersect(i) / a.prediction(i)));
                perClass.put("Recall", recall);
            }
        }
    }

    private double fScore(ClassAreas a, int i) {
        double precision = (double) a.intersect(i) / a.prediction(i);
        double recall = (double) a.intersect(i) / a.label(i);
        double weight = config.beta() * config.beta();
        return (1 + weight) * precision * recall / (weight * precision + recall);
    }

    private List<Double> column(IntToDoubleFunction figure) {
        return new ArrayList<>(IntStream.range(0, classes.size())
                .mapToObj(i -> orNumber(figure.applyAsDouble(i)))
                .toList());
    }

    private double orNumber(double value) {
        return Double.isNaN(value) ? config.nanToNum().orElse(Double.NaN) : value;
    }

    private static double meanWithoutNaN(List<Double> values) {
        return values.stream()
                .mapToDouble(v -> v)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }

    private static double percent(double value) {
        return Math.rint(value * 100 * 100) / 100;
    }

    private String named(String figure) {
        return config.prefix().isEmpty() ? figure : config.prefix() + "/" + figure;
    }
}
