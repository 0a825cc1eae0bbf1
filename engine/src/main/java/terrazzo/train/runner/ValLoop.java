package terrazzo.train.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.core.image.LabelMap;
import terrazzo.data.loading.DataLoader;
import terrazzo.data.loading.InputBatch;
import terrazzo.data.sample.Results;
import terrazzo.data.sample.SegDataSample;
import terrazzo.inference.Prediction.Detail;
import terrazzo.inference.SegModel;
import terrazzo.metrics.Metric;
import terrazzo.metrics.MetricReport;
import terrazzo.train.model.TrainableModel;

/// Scores a model on the validation set, with the losses that it trains by beside the metrics.
public final class ValLoop {

    private final DataLoader loader;
    private final List<Metric> metrics;
    private final SegModel model;
    private final boolean withLoss;

    /// @param loader validation data, in order
    /// @param metrics what is computed
    /// @param model sees the weights that are trained
    /// @param withLoss whether losses are computed, too
    public ValLoop(DataLoader loader, List<Metric> metrics, SegModel model, boolean withLoss) {
        this.loader = loader;
        this.metrics = List.copyOf(metrics);
        this.model = model;
        this.withLoss = withLoss;
    }

    public DataLoader loader() {
        return loader;
    }

    /// The model that is scored; it has the weights as they were at the last validation.
    public SegModel model() {
        return model;
    }

    /// Scores the first sample and forgets it, so that a mistake shows before hours of training.
    public void tryOut() {
        try (DataLoader.Batches batches = loader.batches(0, 0)) {
            Results results = batches.next().getFirst();
            LabelMap labels = model.predict(results, Detail.LABELS).labels();
            SegDataSample sample = results.views().getFirst().toDataSample().withPredSemSeg(labels);
            metrics.forEach(m -> m.process(sample));
            metrics.forEach(Metric::reset);
        }
    }

    Map<String, Double> run(Runner runner) {
        runner.hooks().forEach(h -> h.beforeVal(runner));
        model.refresh();
        metrics.forEach(Metric::reset);
        Map<String, Double> losses = new LinkedHashMap<>();
        int done = 0;
        try (DataLoader.Batches batches = loader.batches(0, 0)) {
            while (batches.hasNext()) {
                for (Results results : batches.next()) {
                    int index = done++;
                    LabelMap labels = model.predict(results, Detail.LABELS).labels();
                    SegDataSample sample =
                            results.views().getFirst().toDataSample().withPredSemSeg(labels);
                    metrics.forEach(m -> m.process(sample));
                    runner.hooks().forEach(h -> h.afterValIter(runner, index, sample));
                    loss(runner, results).forEach((name, value) -> losses.merge(name, value, Double::sum));
                }
            }
        }
        Map<String, Double> found = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            MetricReport report = metric.compute();
            found.putAll(report.summary());
            runner.log("per class results:\n" + report.table());
        }
        int count = done;
        losses.forEach((name, sum) -> found.put(name, sum / count));
        return found;
    }

    private Map<String, Double> loss(Runner runner, Results results) {
        TrainableModel trained = runner.parts().model();
        if (!withLoss || !trained.hasValidationLoss() || results.views().size() > 1) {
            return Map.of();
        }
        Results view = results.views().getFirst();
        InputBatch batch = runner.parts().preprocessor().toTest(view);
        if (view.gtSegMap() == null
                || !batch.size().equals(view.requireImg("the model").size())) {
            return Map.of(); // padded: labels and logits would not lie on each other
        }
        Map<String, Double> losses = new LinkedHashMap<>();
        trained.validationLoss(batch).forEach((name, value) -> losses.put("val_" + name, value));
        return losses;
    }
}
