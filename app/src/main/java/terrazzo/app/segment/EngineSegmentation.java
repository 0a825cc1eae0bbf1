package terrazzo.app.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.UserFolder;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.data.tiles.ImageTiles;
import terrazzo.data.tiles.LabelTiles;
import terrazzo.inference.Catalogues;
import terrazzo.inference.Precision;
import terrazzo.inference.Prediction;
import terrazzo.inference.SegModel;
import terrazzo.inference.zoo.DefaultModel;
import terrazzo.inference.zoo.ModelStore;
import terrazzo.inference.zoo.ModelZoo;
import terrazzo.inference.zoo.ZooModel;

/// Runs models with the engine. A checkpoint without a config beside it brings its own, or is named after
/// one of the packed configs.
public final class EngineSegmentation implements SegmentationService {

    /// The time and hash at the end of a published checkpoint's name.
    private static final String PUBLISHED = "[_-]\\d{8}_\\d{6}(-[0-9a-f]{8})?$";

    private static final long MEGABYTE = 1_000_000;

    private final Supplier<Catalogues> catalogues;
    private final UserFolder folder;

    /// @param catalogues what configs can name; asked for when the first model is opened
    /// @param folder holds checkpoints that are offered by name, and a cache
    public EngineSegmentation(Supplier<Catalogues> catalogues, UserFolder folder) {
        this.catalogues = catalogues;
        this.folder = folder;
    }

    @Override
    public List<String> devices() {
        return List.of("auto", "cpu", "cuda:0");
    }

    @Override
    public List<String> precisions() {
        return Stream.of(Precision.values())
                .map(p -> p.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public List<ModelSource> catalogue() {
        List<ModelSource> models = new ArrayList<>();
        models.add(ModelSource.builtIn());
        if (Files.isDirectory(folder.models())) {
            try (Stream<Path> files = Files.list(folder.models())) {
                files.filter(f -> f.toString().endsWith(".pth") || f.toString().endsWith(".safetensors"))
                        .sorted()
                        .forEach(f -> models.add(ModelSource.of(Optional.empty(), Optional.of(f))));
            } catch (IOException e) {
                throw new UncheckedIOException("can't list " + folder.models(), e);
            }
        }
        return models;
    }

    @Override
    public List<String> published() {
        try {
            return ModelZoo.load().models().stream().map(ZooModel::config).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the catalogue of models", e);
        }
    }

    @Override
    public ModelSource fetch(String name, Progress progress, Cancellation cancellation) throws IOException {
        ZooModel model = ModelZoo.load().require(name);
        Path file = ModelStore.of(folder, System.getenv())
                .download(
                        model,
                        (done, total, _) ->
                                progress.at(done / MEGABYTE, total < 0 ? -1 : total / MEGABYTE, model.name()),
                        cancellation);
        return ModelSource.of(Optional.empty(), Optional.of(file));
    }

    @Override
    public ModelSource add(String name, Path file) throws IOException {
        Path added = ModelStore.of(folder, System.getenv()).add(ModelZoo.load().require(name), file);
        return ModelSource.of(Optional.empty(), Optional.of(added));
    }

    @Override
    public SegmentationModel open(ModelRequest request, Progress progress, Cancellation cancellation) {
        ModelSource source = request.source();
        try {
            Path checkpoint = checkpoint(source);
            String name = checkpoint.getFileName().toString();
            progress.at(0, 2, name);
            Config config = source.isBuiltIn() ? DefaultModel.config(List.of()) : config(source.config(), checkpoint);
            cancellation.check();
            progress.at(1, 2, name);
            SegModel model = SegModel.open(
                    new terrazzo.inference.ModelRequest(
                            config, checkpoint, request.device(), Precision.parse(request.precision())),
                    catalogues.get());
            return new Open(model, request);
        } catch (IOException e) {
            throw new CheckpointException(
                    Complaint.at(source.name()).expected("a readable file").got(String.valueOf(e.getMessage())), e);
        }
    }

    private Path checkpoint(ModelSource source) throws IOException {
        if (source.isBuiltIn()) {
            return DefaultModel.weights(folder.cache());
        }
        return source.checkpoint()
                .orElseThrow(() -> new CheckpointException(Complaint.at(source.name())
                        .expected("a checkpoint")
                        .got("a config alone")
                        .advice("open the checkpoint too, or drop both together")));
    }

    /// The file given, else the text in the checkpoint, else the packed config that the file is named after.
    private static Config config(Optional<Path> given, Path checkpoint) throws IOException {
        if (given.isPresent()) {
            return Config.load(given.get());
        }
        String text = Checkpoint.load(checkpoint).meta().configText();
        String file = checkpoint.getFileName().toString();
        if (!text.isBlank()) {
            return Config.parse(text, "config in " + file);
        }
        String name = file.replaceFirst("\\.[a-z]+$", "").replaceFirst(PUBLISHED, "");
        ConfigLocator packed = new ConfigLocator();
        if (packed.packed().stream().noneMatch(p -> p.endsWith("/" + name + ".py"))) {
            throw new CheckpointException(Complaint.at(file)
                    .expected("a checkpoint that carries its config")
                    .got("none in it")
                    .advice("open the config together with it"));
        }
        return packed.load(name, List.of());
    }

    /// One model that is open; the lock keeps the video's thread and the task's apart.
    private static final class Open implements SegmentationModel {

        private final SegModel model;
        private final ModelCard card;
        private boolean closed;

        Open(SegModel model, ModelRequest request) {
            this.model = model;
            this.card = new ModelCard(
                    request.source().name(),
                    model.metainfo().classes(),
                    model.metainfo().palette(),
                    model.deviceName(),
                    request.precision());
        }

        @Override
        public ModelCard card() {
            return card;
        }

        @Override
        public synchronized Segmentation run(Raster image, Cancellation cancellation) {
            cancellation.check();
            if (closed) {
                throw new CancellationException("the model was closed");
            }
            long start = System.nanoTime();
            Prediction found = model.predict(image, Prediction.Detail.CONFIDENCE);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Segmentation(
                    found.labels(), found.confidence().map(LabelMap::asBytes).orElse(null), seconds);
        }

        @Override
        public synchronized void run(
                ImageTiles image, LabelTiles labels, Progress progress, Cancellation cancellation) {
            if (closed) {
                throw new CancellationException("the model was closed");
            }
            model.label(image, labels, progress, cancellation);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                model.close();
            }
        }
    }
}
