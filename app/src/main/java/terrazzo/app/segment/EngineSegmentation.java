package terrazzo.app.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.Cancellation;
import terrazzo.core.Progress;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;
import terrazzo.inference.Precision;
import terrazzo.inference.Prediction;
import terrazzo.inference.SegModel;
import terrazzo.models.Parts;

/// Runs models with the engine. A checkpoint without a config beside it brings its own, or is named after one of the
/// packed configs.
public final class EngineSegmentation implements SegmentationService {

    /// The time and hash at the end of a published checkpoint's name.
    private static final String PUBLISHED = "[_-]\\d{8}_\\d{6}(-[0-9a-f]{8})?$";

    private final Parts parts;
    private final Path modelFolder;

    /// @param parts what models are built of
    /// @param modelFolder holds checkpoints that are offered by name; need not exist
    public EngineSegmentation(Parts parts, Path modelFolder) {
        this.parts = parts;
        this.modelFolder = modelFolder;
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
        if (!Files.isDirectory(modelFolder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(modelFolder)) {
            return files.filter(
                            f -> f.toString().endsWith(".pth") || f.toString().endsWith(".safetensors"))
                    .sorted()
                    .map(f -> ModelSource.of(Optional.empty(), Optional.of(f)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + modelFolder, e);
        }
    }

    @Override
    public SegmentationModel open(ModelRequest request, Progress progress, Cancellation cancellation) {
        Path checkpoint = request.source()
                .checkpoint()
                .orElseThrow(() ->
                        new CheckpointException(Complaint.at(request.source().name())
                                .expected("a checkpoint")
                                .got("a config alone")
                                .advice("open the checkpoint too, or drop both together")));
        try {
            progress.at(0, 2, checkpoint.getFileName().toString());
            Config config = config(request.source().config(), checkpoint);
            cancellation.check();
            progress.at(1, 2, checkpoint.getFileName().toString());
            SegModel model = SegModel.open(
                    new terrazzo.inference.ModelRequest(
                            config, checkpoint, request.device(), Precision.parse(request.precision())),
                    parts);
            return new Open(model, request);
        } catch (IOException e) {
            throw new CheckpointException(
                    Complaint.at(checkpoint.toString())
                            .expected("a readable file")
                            .got(String.valueOf(e.getMessage())),
                    e);
        }
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
        return new ConfigLocator().load(name, List.of());
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
        public synchronized void close() {
            if (!closed) {
                closed = true;
                model.close();
            }
        }
    }
}
