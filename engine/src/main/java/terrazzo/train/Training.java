package terrazzo.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.HostTensor;
import terrazzo.config.ConfigNode;
import terrazzo.data.datasets.Dataset;
import terrazzo.data.loading.DataLoader;
import terrazzo.data.loading.SegDataPreProcessor;
import terrazzo.inference.Catalogues;
import terrazzo.inference.SegModel;
import terrazzo.metrics.Metric;
import terrazzo.models.Segmentor;
import terrazzo.runtime.TorchRuntime;
import terrazzo.train.checks.TrainChecks;
import terrazzo.train.hooks.Hooks;
import terrazzo.train.hooks.ScalarRows;
import terrazzo.train.init.ModelInit;
import terrazzo.train.init.PretrainedFiles;
import terrazzo.train.model.InitialWeights;
import terrazzo.train.model.TrainableModel;
import terrazzo.train.model.TrainableModel.Precision;
import terrazzo.train.optim.OptimWrapper;
import terrazzo.train.optim.Optimizer;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.LoopSettings;
import terrazzo.train.runner.RunFolder;
import terrazzo.train.runner.Runner;
import terrazzo.train.runner.ValLoop;

/// A training that a config describes, opened and ready to run. Closing frees all native memory.
public final class Training implements AutoCloseable {

    private static final long CHECK_MILLIS = 3000; // per data set

    private final TrainRequest request;
    private final Catalogues catalogues;
    private final TrainCatalogues own;
    private final ConfigNode root;
    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final Runner runner;

    private Training(TrainRequest request, Catalogues catalogues, Observers observers) throws IOException {
        this.request = request;
        this.catalogues = catalogues;
        this.own = TrainCatalogues.of(catalogues.plugins());
        this.root = request.config().root();
        catalogues.require(root);
        Optional<Path> resume = resumeFile();
        long seed = resume.isPresent() ? savedSeed(resume.get()) : seed();
        RunFolder folder = RunFolder.now(request.workDir());
        folder.writeConfig(request.config().toPython());
        ScalarRows rows = keep(ScalarRows.open(folder), ScalarRows::close);
        boolean ready = false;
        try {
            Start start = new Start(seed, resume.isPresent() || root.has("load_from"));
            Runner.Parts parts = parts(new Hooks.Context(root, folder, rows), start, observers.hooks());
            tryOut(parts);
            this.runner = new Runner(parts, observers.listener(), observers.cancellation());
            if (resume.isPresent()) {
                runner.resume(resume.get());
            } else if (root.has("load_from")) {
                runner.loadFrom(Path.of(root.string("load_from")));
            }
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /// What a run begins with.
    ///
    /// @param seed of all chance
    /// @param fromCheckpoint whether weights are loaded before the first iteration
    private record Start(long seed, boolean fromCheckpoint) {}

    /// Opens a training.
    ///
    /// @param catalogues what configs may name
    /// @param observers who watches it
    /// @throws terrazzo.core.error.EngineException when the config, the data or a checkpoint is wrong
    /// @throws IOException when the work dir can't be written
    public static Training open(TrainRequest request, Catalogues catalogues, Observers observers) throws IOException {
        return new Training(request, catalogues, observers);
    }

    /// What runs.
    public Runner runner() {
        return runner;
    }

    private Optional<Path> resumeFile() throws IOException {
        if (request.resume().file().isPresent()) {
            return request.resume().file();
        }
        boolean wanted = request.resume().wanted() || root.bool("resume", false);
        if (!wanted) {
            return Optional.empty();
        }
        Optional<Path> last = RunFolder.last(request.workDir());
        return last.isPresent() || !root.has("load_from") ? last : Optional.of(Path.of(root.string("load_from")));
    }

    private static long savedSeed(Path checkpoint) throws IOException {
        String seed = Checkpoint.load(checkpoint).meta().notes().getOrDefault("seed", "0");
        return seed.matches("\\d{1,18}") ? Long.parseLong(seed) : 0;
    }

    private long seed() {
        return root.optionalNode("randomness")
                .filter(c -> c.has("seed"))
                .map(c -> (long) c.integer("seed"))
                .orElseGet(() -> System.nanoTime() & 0x7FFFFFFF);
    }

    private Runner.Parts parts(Hooks.Context context, Start start, List<Hook> outside) throws IOException {
        long seed = start.seed;
        ConfigNode wrapperNode = root.node("optim_wrapper");
        OptimWrapper wrapper = OptimWrapper.read(wrapperNode);
        LoopSettings loop = LoopSettings.read(root.node("train_cfg"));
        Segmentor segmentor = catalogues.parts().segmentor(root.node("model"));
        SegDataPreProcessor preprocessor = SegDataPreProcessor.of(root);
        DataLoader loader = loader("train_dataloader", seed);
        Map<String, HostTensor> pretrained = pretrained(segmentor, start.fromCheckpoint);
        TrainChecks checks = keep(new TrainChecks(CHECK_MILLIS), TrainChecks::close);
        checks.check(root.node("train_dataloader"), loader.dataset(), segmentor.numClasses());
        TorchRuntime runtime = keep(TorchRuntime.open(request.device()), TorchRuntime::close);
        Precision precision = request.precision().orElse(wrapper.isAmp() ? Precision.BF16 : Precision.FP32);
        TrainableModel model = keep(
                new TrainableModel(runtime, segmentor, precision, new InitialWeights(seed)), TrainableModel::close);
        pretrained.forEach(model::load);
        Optimizer optimizer = keep(
                own.optimizers()
                        .open(
                                runtime,
                                wrapperNode.node("optimizer"),
                                own.constructors().groups(segmentor, wrapperNode),
                                model::tensor),
                Optimizer::close);
        return new Runner.Parts(
                request.config(),
                context.folder(),
                seed,
                model,
                wrapper,
                optimizer,
                own.schedulers().start(root.nodes("param_scheduler"), optimizer.scheduled(), loop.length(loader)),
                loader,
                preprocessor,
                loop,
                validation(model, seed, checks),
                Stream.of(List.of(checks), own.hooks().read(context), outside)
                        .<Hook>flatMap(List::stream)
                        .toList());
    }

    /// A validation sample and a training batch go through everything once, so that what can fail fails now.
    private void tryOut(Runner.Parts parts) {
        parts.validation().ifPresent(ValLoop::tryOut);
        try (DataLoader.Batches batches = parts.loader().batches(0, 0)) {
            parts.model().tryOut(parts.preprocessor().toTraining(batches.next()));
        }
        parts.optimizer().zeroGrad();
    }

    /// What the model starts with; files that the config names are not needed when a checkpoint comes after them.
    private Map<String, HostTensor> pretrained(Segmentor segmentor, boolean fromCheckpoint) throws IOException {
        if (fromCheckpoint) {
            ModelInit.applyWithoutFiles(segmentor, root.node("model"));
            return Map.of();
        }
        return ModelInit.apply(segmentor, root.node("model"), PretrainedFiles.of(System.getenv()));
    }

    private DataLoader loader(String key, long seed) {
        ConfigNode node = root.node(key);
        Dataset dataset = catalogues.datasets().build(node.node("dataset"));
        return new DataLoader(dataset, DataLoader.Config.read(node, seed));
    }

    private Optional<ValLoop> validation(TrainableModel model, long seed, TrainChecks checks) {
        if (!root.has("val_dataloader") || !root.has("val_evaluator")) {
            return Optional.empty();
        }
        DataLoader loader = loader("val_dataloader", seed);
        checks.check(
                root.node("val_dataloader"), loader.dataset(), model.segmentor().numClasses());
        List<Metric> metrics = root.nodes("val_evaluator").stream()
                .map(c -> catalogues
                        .metrics()
                        .build(c, loader.dataset().metainfo().classes()))
                .toList();
        SegModel scored = keep(
                SegModel.watching(
                        model.runtime(),
                        new SegModel.Watched(
                                root, model.segmentor(), loader.dataset().metainfo(), catalogues),
                        model::tensor),
                SegModel::close);
        boolean withLoss =
                root.optionalNode("val_cfg").map(c -> c.bool("loss", true)).orElse(true);
        return Optional.of(new ValLoop(loader, metrics, scored, withLoss));
    }

    private <T> T keep(T part, Consumer<T> close) {
        closings.push(() -> close.accept(part));
        return part;
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
    }
}
