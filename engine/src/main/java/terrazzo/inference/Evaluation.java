package terrazzo.inference;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.image.LabelMap;
import terrazzo.data.datasets.Dataset;
import terrazzo.data.loading.DataLoader;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.SegDataSample;
import terrazzo.inference.Prediction.Detail;
import terrazzo.metrics.Metric;
import terrazzo.metrics.MetricReport;

/// Scores a model on the test data set of a config. Images are read ahead on two threads; memory does not grow with the
/// data set.
public final class Evaluation {

    private static final int READERS = 2;

    private final SegModel model;
    private final Dataset dataset;
    private final Metric metric;

    /// What a run gave.
    ///
    /// @param metrics the scores
    /// @param images images scored
    /// @param seconds from the first to the last
    public record Report(MetricReport metrics, int images, double seconds) {

        public double imagesPerSecond() {
            return images / seconds;
        }
    }

    private Evaluation(SegModel model, Dataset dataset, Metric metric) {
        this.model = model;
        this.dataset = dataset;
        this.metric = metric;
    }

    /// Reads data set and evaluator of a config's test part, or of its validation part where there is no test part.
    ///
    /// @param tta whether the data set's pipeline is `tta_pipeline`
    /// @throws terrazzo.core.error.ConfigException when one is missing or wrong
    /// @throws terrazzo.core.error.DatasetException when files are missing
    public static Evaluation read(ConfigNode root, SegModel model, boolean tta) {
        String part = root.has("test_dataloader") ? "test" : "val";
        ConfigNode settings = root.node(part + "_dataloader").node("dataset");
        if (tta) {
            Optional<Value> views = root.find("tta_pipeline");
            settings = settings.with(
                    "pipeline",
                    views.orElseThrow(() -> root.error(
                            "tta_pipeline", "the pipeline for --tta", "nothing", "add tta_pipeline to the config")));
        }
        Dataset dataset = model.catalogues().datasets().build(settings);
        List<ConfigNode> evaluators = root.nodes(part + "_evaluator");
        if (evaluators.size() != 1) {
            throw root.error(part + "_evaluator", "one evaluator", evaluators.size() + "", "");
        }
        Metric metric = model.catalogues()
                .metrics()
                .build(evaluators.getFirst(), dataset.metainfo().classes());
        return new Evaluation(model, dataset, metric);
    }

    /// The data set that is scored on.
    public Dataset dataset() {
        return dataset;
    }

    /// Scores every image.
    ///
    /// @param each hears of every image after it was scored, for example to save its prediction
    public Report run(Progress progress, Cancellation cancellation, Consumer<SegDataSample> each) {
        metric.reset();
        long start = System.nanoTime();
        int done = 0;
        DataLoader loader = new DataLoader(dataset, DataLoader.Config.forTest(READERS));
        try (DataLoader.Batches batches = loader.batches(0, 0)) {
            for (Iterator<List<Results>> it = batches; it.hasNext(); ) {
                cancellation.check();
                for (Results sample : it.next()) {
                    LabelMap labels = model.predict(sample, Detail.LABELS).labels();
                    SegDataSample scored = first(sample).toDataSample().withPredSemSeg(labels);
                    metric.process(scored);
                    each.accept(scored);
                    progress.at(++done, dataset.size(), scored.meta().name());
                }
            }
        }
        return new Report(metric.compute(), done, (System.nanoTime() - start) / 1e9);
    }

    /// Every view carries the same ground truth.
    private static Results first(Results sample) {
        return sample.views().getFirst();
    }
}
