package terrazzo.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import terrazzo.config.ConfigNode;
import terrazzo.data.datasets.Dataset;
import terrazzo.data.loading.DataLoader;
import terrazzo.data.loading.InputBatch;
import terrazzo.data.loading.SegDataPreProcessor;
import terrazzo.inference.Catalogues;
import terrazzo.models.Segmentor;
import terrazzo.runtime.TorchRuntime;
import terrazzo.train.model.InitialWeights;
import terrazzo.train.model.TrainableModel;
import terrazzo.train.model.TrainableModel.Precision;
import terrazzo.train.optim.Optimizer;

/// Measures what a training of a config costs here: the loader alone, and one step in each precision. The precisions
/// take turns, so that what else the machine does slows all of them alike.
public final class TrainBenchmark {

    private final ConfigNode root;
    private final Catalogues catalogues;
    private final int rounds;

    /// @param rounds steps measured per precision, after one to warm up
    public TrainBenchmark(ConfigNode root, Catalogues catalogues, int rounds) {
        this.root = root;
        this.catalogues = catalogues;
        this.rounds = rounds;
    }

    /// What was measured.
    ///
    /// @param batchSize images per step
    /// @param loaderImagesPerSecond images that the loader alone makes ready
    /// @param secondsPerStep median over the rounds: forward, backward and the optimizer
    public record Result(int batchSize, double loaderImagesPerSecond, Map<Precision, Double> secondsPerStep) {}

    /// @param device `cpu`, `cuda:N` or `auto`
    public Result run(String device) {
        ConfigNode node = root.node("train_dataloader");
        Dataset dataset = catalogues.datasets().build(node.node("dataset"));
        DataLoader loader = new DataLoader(dataset, DataLoader.Config.read(node, 0));
        SegDataPreProcessor preprocessor = SegDataPreProcessor.of(root);
        List<InputBatch> batches = new ArrayList<>();
        long start = System.nanoTime();
        try (DataLoader.Batches source = loader.batches(0, 0)) {
            while (batches.size() <= rounds && source.hasNext()) {
                batches.add(preprocessor.toTraining(source.next()));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<Precision, List<Double>> times = new EnumMap<>(Precision.class);
        try (TorchRuntime runtime = TorchRuntime.open(device)) {
            Map<Precision, Step> steps = new EnumMap<>(Precision.class);
            for (Precision precision : Precision.values()) {
                steps.put(precision, new Step(runtime, precision));
            }
            for (InputBatch batch : batches) {
                steps.forEach((precision, step) ->
                        times.computeIfAbsent(precision, _ -> new ArrayList<>()).add(step.run(batch)));
            }
            steps.values().forEach(Step::close);
        }
        Map<Precision, Double> medians = new EnumMap<>(Precision.class);
        times.forEach((precision, all) -> medians.put(precision, median(all.subList(1, all.size()))));
        return new Result(loader.batchSize(), batches.size() * loader.batchSize() / seconds, medians);
    }

    private static double median(List<Double> values) {
        return values.isEmpty() ? Double.NaN : values.stream().sorted().toList().get(values.size() / 2);
    }

    private final class Step implements AutoCloseable {
        private final TrainableModel model;
        private final Optimizer optimizer;

        Step(TorchRuntime runtime, Precision precision) {
            Segmentor segmentor = catalogues.parts().segmentor(root.node("model"));
            ConfigNode wrapper = root.node("optim_wrapper");
            this.model = new TrainableModel(runtime, segmentor, precision, new InitialWeights(0));
            TrainCatalogues own = TrainCatalogues.of(catalogues.plugins());
            this.optimizer = own.optimizers()
                    .open(
                            runtime,
                            wrapper.node("optimizer"),
                            own.constructors().groups(segmentor, wrapper),
                            model::tensor);
        }

        double run(InputBatch batch) {
            long start = System.nanoTime();
            model.forwardBackward(batch, 1);
            optimizer.step();
            optimizer.zeroGrad();
            return (System.nanoTime() - start) / 1e9;
        }

        @Override
        public void close() {
            optimizer.close();
            model.close();
        }
    }
}
