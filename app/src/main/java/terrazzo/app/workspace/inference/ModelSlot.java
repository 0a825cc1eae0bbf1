package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import terrazzo.app.segment.ModelCard;
import terrazzo.app.segment.ModelRequest;
import terrazzo.app.segment.ModelSource;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.app.segment.SegmentationService;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.core.Cancellation;
import terrazzo.core.image.Raster;

/// The model that is open, or will be opened when it is first needed, and on what and how it runs.
final class ModelSlot {

    private final SegmentationService segmentation;
    private final Jobs jobs;
    private final ReadOnlyObjectWrapper<Optional<ModelCard>> card = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<Optional<ModelSource>> source = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty device;
    private final StringProperty precision;
    private Consumer<ModelCard> onOpened = _ -> {};
    private @Nullable SegmentationModel open;
    /// How [#open] was asked for.
    private @Nullable ModelRequest asked;

    private boolean isGoingBack;
    /// Read by the video's thread.
    private volatile @Nullable SegmentationModel forFrames;

    ModelSlot(SegmentationService segmentation, Jobs jobs, InferenceSettings saved) {
        this.segmentation = segmentation;
        this.jobs = jobs;
        this.device = new SimpleStringProperty(known(saved.device(), segmentation.devices()));
        this.precision = new SimpleStringProperty(known(saved.precision(), segmentation.precisions()));
        device.addListener(_ -> reopen());
        precision.addListener(_ -> reopen());
        if (!saved.config().isEmpty() || !saved.checkpoint().isEmpty()) {
            source.set(Optional.of(ModelSource.of(file(saved.config()), file(saved.checkpoint()))));
        } else {
            source.set(segmentation.catalogue().stream().findFirst());
        }
    }

    /// What the open model says of itself; empty while none is.
    ReadOnlyObjectProperty<Optional<ModelCard>> cardProperty() {
        return card.getReadOnlyProperty();
    }

    /// The model that is open or will be opened when it is first needed.
    ObjectProperty<Optional<ModelSource>> sourceProperty() {
        return source;
    }

    StringProperty deviceProperty() {
        return device;
    }

    StringProperty precisionProperty() {
        return precision;
    }

    List<String> devices() {
        return segmentation.devices();
    }

    List<String> precisions() {
        return segmentation.precisions();
    }

    List<ModelSource> catalogue() {
        return segmentation.catalogue();
    }

    /// Names of models with published weights.
    void published(Consumer<List<String>> use) {
        jobs.quietly(Lane.FILES, (_, _) -> segmentation.published()).onDone(use);
    }

    /// Downloads a published model, if it isn't here, and opens it.
    void fetch(String name) {
        jobs.submit("task.download", Lane.FILES, (progress, stop) -> segmentation.fetch(name, progress, stop))
                .onDone(this::open);
    }

    /// Opens a file as a published model, after a look at its hash.
    void add(String name, Path file) {
        jobs.quietly(Lane.FILES, (_, _) -> segmentation.add(name, file)).onDone(this::open);
    }

    /// @param listener hears of each model once it is open
    void onOpened(Consumer<ModelCard> listener) {
        onOpened = listener;
    }

    Optional<SegmentationModel> model() {
        return Optional.ofNullable(open);
    }

    /// Opens a model; the one before is closed, or, when this one can't be opened, kept.
    void open(ModelSource next) {
        Optional<ModelSource> before =
                source.get().or(() -> catalogue().stream().findFirst());
        source.set(Optional.of(next));
        ModelRequest request = new ModelRequest(next, device.get(), precision.get());
        RunningTask<SegmentationModel> opening = jobs.submit(
                        "task.model", Lane.COMPUTE, (progress, stop) -> segmentation.open(request, progress, stop))
                .onDone(opened -> use(request, opened));
        opening.stateProperty().addListener((_, _, state) -> {
            boolean isLost = state == RunningTask.State.FAILED || state == RunningTask.State.CANCELLED;
            if (isLost && isChosen(request)) {
                goBack(before);
            }
        });
    }

    /// Opens a model on a device and in a precision, where both are known.
    void open(ModelSource next, String onDevice, String inPrecision) {
        source.set(Optional.empty()); // the choices don't open the model that was
        device.set(known(onDevice, devices()));
        precision.set(known(inPrecision, precisions()));
        open(next);
    }

    /// Opens the model that is chosen, if any.
    void open() {
        source.get().ifPresent(this::open);
    }

    private boolean isChosen(ModelRequest request) {
        return source.get().equals(Optional.of(request.source()))
                && device.get().equals(request.device())
                && precision.get().equals(request.precision());
    }

    /// The choices are again those of the model that is open.
    ///
    /// @param before what was chosen, for when none is open
    private void goBack(Optional<ModelSource> before) {
        ModelRequest last = asked;
        isGoingBack = true;
        source.set(last == null ? before : Optional.of(last.source()));
        device.set(last == null ? devices().getFirst() : last.device());
        precision.set(last == null ? precisions().getFirst() : last.precision());
        isGoingBack = false;
    }

    private void reopen() {
        if (!isGoingBack) {
            open();
        }
    }

    private void use(ModelRequest request, SegmentationModel opened) {
        SegmentationModel before = open;
        open = opened;
        asked = request;
        card.set(Optional.of(opened.card()));
        if (before != null) {
            jobs.quietly(Lane.COMPUTE, (_, _) -> {
                before.close();
                return before;
            });
        }
        onOpened.accept(opened.card());
    }

    /// Whether frames of a video are run.
    void runFrames(boolean isWanted) {
        forFrames = isWanted ? open : null;
    }

    /// What the model finds in a frame; null where none is to run. The video's thread.
    @Nullable
    Result runFrame(Raster frame) {
        SegmentationModel now = forFrames;
        try {
            return now == null ? null : Result.of(now.run(frame, new Cancellation()));
        } catch (CancellationException _) {
            return null; // another model was opened meanwhile; the next frame has it
        }
    }

    /// Gives the open model away, for closing where that may take its time.
    @Nullable
    SegmentationModel release() {
        SegmentationModel last = open;
        open = null;
        forFrames = null;
        return last;
    }

    private static String known(String wanted, List<String> all) {
        return all.contains(wanted) ? wanted : all.getFirst();
    }

    private static Optional<Path> file(String path) {
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
    }
}
