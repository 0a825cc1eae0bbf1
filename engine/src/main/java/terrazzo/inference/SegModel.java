package terrazzo.inference;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.StateDictReport;
import terrazzo.config.ConfigNode;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.core.shape.DType;
import terrazzo.data.datasets.Metainfo;
import terrazzo.data.loading.SegDataPreProcessor;
import terrazzo.data.sample.Img;
import terrazzo.data.sample.Logits;
import terrazzo.data.sample.Results;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.graph.ir.Graph;
import terrazzo.inference.Prediction.Detail;
import terrazzo.inference.TestMode.Slide;
import terrazzo.inference.TestMode.Slide.Window;
import terrazzo.inference.TestMode.Whole;
import terrazzo.models.Segmentor;
import terrazzo.runtime.TorchProgram;
import terrazzo.runtime.TorchRuntime;
import terrazzo.runtime.TorchScope;
import terrazzo.runtime.TorchTensor;
import terrazzo.runtime.TorchWeights;
import terrazzo.runtime.WindowSum;

/// A trained model, compiled and ready to segment images of any size. Opening takes the time of reading the
/// weights and compiling once; closing frees all native memory. May be used from several threads, which
/// then share the cores.
public final class SegModel implements AutoCloseable {

    private static final int IMAGE_CHANNELS = 3;

    private final TorchRuntime runtime;
    private final Network network;
    private final TorchProgram program;
    private final Origin origin;
    private final TorchWeights none;
    private final WindowSum windowSum;
    private TorchScope weightScope;
    private TorchWeights weights;

    /// What a model is before it is compiled.
    ///
    /// @param segmentor the network
    /// @param preprocessor what happens to images before it
    /// @param testMode whole images or windows
    /// @param pipeline the steps of the test pipeline
    /// @param metainfo class names and colours
    /// @param report how the checkpoint fitted
    /// @param catalogues what its config could name
    private record Network(
            Segmentor segmentor,
            SegDataPreProcessor preprocessor,
            TestMode testMode,
            TestPipeline pipeline,
            Metainfo metainfo,
            StateDictReport report,
            Catalogues catalogues) {}

    /// Where weights come from.
    ///
    /// @param tensors gives the tensor of a key; those that it makes belong to the scope
    /// @param read is told of keys whose tensors were read and freed
    /// @param ownsRuntime whether closing the model closes the runtime
    private record Origin(
            BiFunction<TorchScope, String, TorchTensor> tensors, Consumer<String> read, boolean ownsRuntime) {}

    private SegModel(TorchRuntime runtime, Network network, Precision precision, Origin origin) {
        this.runtime = runtime;
        this.origin = origin;
        this.network = network;
        this.program = runtime.compile(
                new InferenceGraphs(network.segmentor, network.preprocessor, IMAGE_CHANNELS).build(precision));
        this.none = TorchWeights.of(List.of());
        this.windowSum = new WindowSum(runtime);
        this.weightScope = runtime.scope();
        this.weights = prepare();
    }

    /// Opens a model.
    ///
    /// @param catalogues what its config can name
    /// @throws terrazzo.core.error.ConfigException when the config does not describe a model that can be
    ///     built
    /// @throws terrazzo.core.error.CheckpointException when the checkpoint is unsafe, damaged or does not
    ///     fit
    /// @throws terrazzo.core.error.DeviceException when the device can't be used
    /// @throws IOException when the checkpoint can't be opened
    public static SegModel open(ModelRequest request, Catalogues catalogues) throws IOException {
        ConfigNode root = request.config().root();
        ConfigNode model = root.node("model");
        catalogues.require(root);
        Segmentor segmentor = catalogues.parts().segmentor(model);
        Checkpoint checkpoint = Checkpoint.load(request.checkpoint());
        StateDictReport report = StateDictReport.of(
                request.checkpoint().getFileName().toString(), segmentor.expectedKeys(), checkpoint.stateDict());
        report.requireComplete(); // before the seconds that libtorch takes to load
        Network network = new Network(
                segmentor,
                SegDataPreProcessor.of(root),
                TestMode.read(model),
                TestPipeline.read(root, catalogues.transforms()),
                ModelMetainfo.of(root, checkpoint.meta(), segmentor.numClasses(), catalogues.datasets()),
                report,
                catalogues);
        TorchRuntime runtime = TorchRuntime.open(request.device());
        boolean opened = false;
        try {
            Map<String, HostTensor> tensors = report.requireComplete();
            Origin origin = new Origin(
                    (scope, key) -> scope.host(find(tensors, key)),
                    key -> find(tensors, key).unload(),
                    true);
            SegModel opening = new SegModel(runtime, network, request.precision(), origin);
            opened = true;
            return opening;
        } finally {
            if (!opened) {
                runtime.close();
            }
        }
    }

    /// A model whose weights someone else owns and moves. It sees them as they are now; [#refresh()] looks again.
    ///
    /// @param runtime where the weights live; it stays open when the model is closed
    /// @param tensors gives the tensor of a state-dict key
    public static SegModel watching(TorchRuntime runtime, Watched watched, Function<String, TorchTensor> tensors) {
        ConfigNode model = watched.root.node("model");
        Network network = new Network(
                watched.segmentor,
                SegDataPreProcessor.of(watched.root),
                TestMode.read(model),
                TestPipeline.read(watched.root, watched.catalogues.transforms()),
                watched.metainfo,
                new StateDictReport("training", Map.of(), List.of(), List.of(), List.of(), List.of()),
                watched.catalogues);
        return new SegModel(
                runtime, network, Precision.FP32, new Origin((_, key) -> tensors.apply(key), _ -> {}, false));
    }

    /// What is known of a model whose weights someone else owns.
    ///
    /// @param root the whole config
    /// @param segmentor the network
    /// @param metainfo class names and colours
    /// @param catalogues what configs may name
    public record Watched(ConfigNode root, Segmentor segmentor, Metainfo metainfo, Catalogues catalogues) {}

    /// Takes over weights that have moved.
    public void refresh() {
        weights.close();
        weightScope.close();
        weightScope = runtime.scope();
        weights = prepare();
    }

    /// Computes from the checkpoint's tensors what the network reads, part by part, and frees each part before the
    /// next:
    /// the weights are in memory once, beside what one part takes.
    private TorchWeights prepare() {
        Map<String, TorchTensor> prepared = new LinkedHashMap<>();
        program.methods().filter(InferenceGraphs::prepares).forEach(method -> {
            Graph part = program.graph(method);
            try (TorchScope once = runtime.scope();
                    TorchWeights given = TorchWeights.of(part, w -> origin.tensors.apply(once, w.key()))) {
                Iterator<TorchTensor> made =
                        program.run(weightScope, method, List.of(), given).iterator();
                part.outputs().keySet().forEach(name -> prepared.put(name, made.next()));
            }
            part.weights().forEach(w -> origin.read.accept(w.key()));
        });
        return TorchWeights.of(program.graph(InferenceGraphs.LOGITS), w -> {
            TorchTensor made = prepared.get(w.key());
            return made != null ? made : origin.tensors.apply(weightScope, w.key());
        });
    }

    private static HostTensor find(Map<String, HostTensor> tensors, String key) {
        HostTensor tensor = tensors.get(key);
        if (tensor == null) {
            throw new IllegalStateException("the network reads '" + key + "', which the report did not ask for");
        }
        return tensor;
    }

    /// Class names and colours: the checkpoint's where it has any, else the config's data set's.
    public Metainfo metainfo() {
        return network.metainfo;
    }

    /// What its config could name, for reading more of that config.
    Catalogues catalogues() {
        return network.catalogues;
    }

    public int numClasses() {
        return network.segmentor.numClasses();
    }

    /// How the checkpoint fitted; unused keys are worth a warning.
    public StateDictReport checkpointReport() {
        return network.report;
    }

    /// Where the model runs: `cpu` or `cuda:N`.
    public String deviceName() {
        return runtime.deviceName();
    }

    /// The steps that images go through before the network.
    public TestPipeline pipeline() {
        return network.pipeline;
    }

    /// Segments an image in memory, as the test pipeline would a file.
    public LabelMap label(Raster image) {
        return predict(image, Detail.LABELS).labels();
    }

    /// Segments an image in memory.
    public Prediction predict(Raster image, Detail detail) {
        return predict(network.pipeline.apply(Results.of(Img.of(image))), detail);
    }

    /// Segments a sample that has been through a test pipeline, at its original size. Several views, as
    /// test-time augmentation makes them, are averaged.
    public Prediction predict(Results sample, Detail detail) {
        try (TorchScope scope = runtime.scope()) {
            List<Results> views = sample.views();
            return views.size() == 1 && views.getFirst().meta().flip() == null
                    ? single(scope, views.getFirst(), detail)
                    : averaged(scope, views, detail);
        }
    }

    private Prediction single(TorchScope scope, Results view, Detail detail) {
        Size image = view.requireImg("the model").size();
        Size original = original(view);
        TorchTensor logits = logits(scope, view);
        String method = switch (detail) {
            case LABELS -> InferenceGraphs.LABELS;
            case CONFIDENCE -> InferenceGraphs.CONFIDENCE;
            case LOGITS -> InferenceGraphs.RESIZED;
        };
        List<TorchTensor> found = program.run(scope, method, List.of(logits), none, sizes(image, original));
        LabelMap labels = labels(found.getFirst(), original);
        return switch (detail) {
            case LABELS -> new Prediction(labels, Optional.empty(), Optional.empty());
            case CONFIDENCE -> new Prediction(labels, Optional.of(labels(found.get(1), original)), Optional.empty());
            case LOGITS -> new Prediction(labels, Optional.empty(), Optional.of(logits(found.get(1), original)));
        };
    }

    private Prediction averaged(TorchScope scope, List<Results> views, Detail detail) {
        Size original = original(views.getFirst());
        TorchTensor sum = null;
        for (Results view : views) {
            try (TorchScope inner = runtime.scope()) {
                Size image = view.requireImg("the model").size();
                String method = InferenceGraphs.probabilities(view.meta().flip());
                TorchTensor part = program.run(
                                inner, method, List.of(logits(inner, view)), none, sizes(image, original))
                        .getFirst();
                sum = sum == null
                        ? scope.adopt(part)
                        : program.run(scope, InferenceGraphs.ADD, List.of(sum, part), none)
                                .getFirst();
            }
        }
        if (sum == null) {
            throw new IllegalArgumentException("expected a view or more, got none");
        }
        TorchTensor count = scope.floats(new float[] {views.size()}, 1);
        List<TorchTensor> found = program.run(scope, InferenceGraphs.DECIDE, List.of(sum, count), none);
        return new Prediction(
                labels(found.get(0), original),
                detail == Detail.CONFIDENCE ? Optional.of(labels(found.get(1), original)) : Optional.empty(),
                detail == Detail.LOGITS ? Optional.of(logits(found.get(2), original)) : Optional.empty());
    }

    /// Logits `[1, K, H, W]` of a view, padding included.
    private TorchTensor logits(TorchScope scope, Results view) {
        Img img = view.requireImg("the model");
        Size padded = network.testMode.padded(
                network.preprocessor.test().sizeFor(img.size()), network.segmentor.sizeDivisor());
        TorchTensor raw = switch (img) {
            case Img.Bytes bytes -> scope.bytes(DType.UINT8, bytes.values(), img.height(), img.width(), img.channels());
            case Img.Floats floats -> scope.floats(floats.asFloats(), img.height(), img.width(), img.channels());
        };
        String preprocess = InferenceGraphs.preprocess(img instanceof Img.Bytes ? DType.UINT8 : DType.FLOAT32);
        TorchTensor x = program.run(scope, preprocess, List.of(raw), none, padded.height(), padded.width())
                .getFirst();
        return switch (network.testMode) {
            case Whole _ -> forward(scope, x);
            case Slide slide -> slide(scope, x, padded, slide);
        };
    }

    private TorchTensor forward(TorchScope scope, TorchTensor x) {
        return program.run(scope, InferenceGraphs.LOGITS, List.of(x), weights).getFirst();
    }

    private TorchTensor slide(TorchScope scope, TorchTensor x, Size image, Slide slide) {
        WindowSum.Sum sum = windowSum.begin(scope, x, numClasses(), image.height(), image.width());
        for (Window w : slide.windows(image)) {
            try (TorchScope inner = runtime.scope()) {
                TorchTensor part = program.run(
                                inner,
                                InferenceGraphs.WINDOW,
                                List.of(x),
                                none,
                                w.top(),
                                w.bottom(),
                                w.left(),
                                w.right())
                        .getFirst();
                sum.add(forward(inner, part), w.top(), w.bottom(), w.left(), w.right());
            }
        }
        return sum.mean();
    }

    /// Segments an image too large for memory, window by window at the image's own resolution: with the
    /// windows of the config where it slides, so that the labels are those that [#predict] would find
    /// without resizing steps, else with [TestMode.Slide#OF_LARGE_IMAGES]. Memory does not grow with the
    /// image.
    ///
    /// @param image complete
    /// @param labels of the same size, are filled stripe by stripe
    /// @throws java.util.concurrent.CancellationException when asked to stop
    public void label(ImageTiles image, LabelTiles labels, Progress progress, Cancellation cancellation) {
        Slide slide = network.testMode instanceof Slide own ? own : Slide.OF_LARGE_IMAGES;
        new LargeImages(this, slide, image, labels).run(progress, cancellation);
    }

    TorchRuntime runtime() {
        return runtime;
    }

    WindowSum windowSum() {
        return windowSum;
    }

    /// Logits `[1, K, H, W]` of a part of an image.
    TorchTensor logits(TorchScope scope, Raster part) {
        TorchTensor raw = scope.bytes(DType.UINT8, part.asBgr(), part.height(), part.width(), IMAGE_CHANNELS);
        TorchTensor x = program.run(
                        scope, InferenceGraphs.preprocess(DType.UINT8), List.of(raw), none, part.height(), part.width())
                .getFirst();
        return forward(scope, x);
    }

    /// Labels and confidence of mean logits.
    Prediction decide(TorchScope scope, TorchTensor mean, Size size) {
        List<TorchTensor> found =
                program.run(scope, InferenceGraphs.CONFIDENCE, List.of(mean), none, sizes(size, size));
        return new Prediction(labels(found.get(0), size), Optional.of(labels(found.get(1), size)), Optional.empty());
    }

    private static Size original(Results view) {
        Size original = view.meta().oriShape();
        return original != null ? original : view.requireImg("the model").size();
    }

    private static long[] sizes(Size image, Size original) {
        return new long[] {image.height(), image.width(), original.height(), original.width()};
    }

    private static LabelMap labels(TorchTensor labels, Size size) {
        byte[] bytes = new byte[Math.toIntExact(size.area())];
        labels.asBuffer().get(bytes);
        return new LabelMap(size, bytes);
    }

    private Logits logits(TorchTensor logits, Size size) {
        return new Logits(numClasses(), size, logits.toFloats());
    }

    @Override
    public void close() {
        weights.close();
        none.close();
        weightScope.close();
        if (origin.ownsRuntime) {
            runtime.close();
        }
    }
}
