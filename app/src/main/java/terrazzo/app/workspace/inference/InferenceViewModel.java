package terrazzo.app.workspace.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import terrazzo.app.notice.Notice;
import terrazzo.app.segment.ModelCard;
import terrazzo.app.segment.ModelRequest;
import terrazzo.app.segment.ModelSource;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.app.segment.SegmentationService;
import terrazzo.app.settings.RecentFiles;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.app.task.TaskService.Work;
import terrazzo.core.Cancellation;
import terrazzo.core.Size;
import terrazzo.core.image.Raster;
import terrazzo.inference.overlay.PaletteFile;
import terrazzo.inference.video.VideoSource;

/// What the workspace shows and does, without a scene graph: the open image, folder or video, the open model, the last
/// result. UI thread only; long work goes through tasks.
final class InferenceViewModel implements AutoCloseable {

    private final StudioServices services;
    private final SegmentationService segmentation;
    private final ClassesModel classes = new ClassesModel();
    private final VideoState video = new VideoState();

    private final ObservableList<Path> folder = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper position = new ReadOnlyIntegerWrapper(-1);
    private final ReadOnlyObjectWrapper<Optional<Picture>> picture = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Result>> result = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ModelCard>> model = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Hover>> hover = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<RecentFiles> recent;
    private final ObjectProperty<Optional<ModelSource>> source = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty device;
    private final StringProperty precision;
    private final BooleanProperty live = new SimpleBooleanProperty(true);
    private final BooleanProperty inspector = new SimpleBooleanProperty(true);
    private final IntegerProperty pending = new SimpleIntegerProperty(0);
    private final BooleanBinding settled = pending.isEqualTo(0);
    private final BooleanProperty running = new SimpleBooleanProperty(false);

    private @Nullable SegmentationModel open;
    private @Nullable VideoPlayer player;
    private boolean awaited;
    private Optional<Path> videoFile = Optional.empty();
    private @Nullable RunningTask<?> loading;
    private @Nullable RunningTask<?> computing;
    /// Read by the video's thread.
    private volatile @Nullable SegmentationModel liveModel;

    InferenceViewModel(StudioServices services, SegmentationService segmentation) {
        this.services = services;
        this.segmentation = segmentation;
        InferenceSettings saved = services.settings().load(InferenceSettings.TOPIC, InferenceSettings.DEFAULT);
        this.recent =
                new SimpleObjectProperty<>(services.settings().load(RecentFiles.TOPIC, new RecentFiles(List.of())));
        this.device = new SimpleStringProperty(known(saved.device(), segmentation.devices()));
        this.precision = new SimpleStringProperty(known(saved.precision(), segmentation.precisions()));
        classes.opacityProperty().set(saved.opacity());
        classes.outlinesProperty().set(saved.outlines());
        live.set(saved.isLive());
        inspector.set(saved.hasInspector());
        live.addListener(_ -> liveChanged());
        device.addListener(_ -> source.get().ifPresent(this::openModel));
        precision.addListener(_ -> source.get().ifPresent(this::openModel));
        if (!saved.config().isEmpty() || !saved.checkpoint().isEmpty()) {
            source.set(Optional.of(ModelSource.of(file(saved.config()), file(saved.checkpoint()))));
        } else {
            source.set(segmentation.catalogue().stream().findFirst());
        }
    }

    // Properties

    ClassesModel classes() {
        return classes;
    }

    VideoState video() {
        return video;
    }

    /// The images of the folder, or the one image that is open.
    ObservableList<Path> folder() {
        return folder;
    }

    /// Which of [#folder] is shown, -1 for none.
    ReadOnlyIntegerProperty positionProperty() {
        return position.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Picture>> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Result>> resultProperty() {
        return result.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<ModelCard>> modelProperty() {
        return model.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Hover>> hoverProperty() {
        return hover.getReadOnlyProperty();
    }

    ObjectProperty<RecentFiles> recentProperty() {
        return recent;
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

    /// Whether the model runs by itself on whatever is shown.
    BooleanProperty liveProperty() {
        return live;
    }

    BooleanProperty inspectorProperty() {
        return inspector;
    }

    /// Whether the model is at work on the image shown.
    BooleanProperty runningProperty() {
        return running;
    }

    /// Whether everything asked for is on screen.
    BooleanBinding settled() {
        return settled;
    }

    BooleanBinding hasPicture() {
        return Bindings.createBooleanBinding(() -> picture.get().isPresent(), picture);
    }

    BooleanBinding hasResult() {
        return Bindings.createBooleanBinding(() -> result.get().isPresent(), result);
    }

    BooleanBinding hasVideo() {
        return Bindings.createBooleanBinding(() -> video.formatProperty().get().isPresent(), video.formatProperty());
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

    // Commands

    /// Opens whatever the files are; false when none of them can be shown.
    boolean open(List<Path> files) {
        DroppedFiles dropped = DroppedFiles.of(files);
        if (dropped.isEmpty()) {
            return false;
        }
        if (dropped.hasModel()) {
            Optional<Path> config = dropped.config().or(() -> source.get().flatMap(ModelSource::config));
            openModel(ModelSource.of(
                    dropped.checkpoint().isPresent() ? dropped.config().or(() -> config) : config,
                    dropped.checkpoint()));
        }
        if (dropped.video().isPresent()) {
            openVideo(dropped.video().get());
        } else if (dropped.folder().isPresent()) {
            openFolder(dropped.folder().get());
        } else if (!dropped.images().isEmpty()) {
            openImages(dropped.images());
        }
        return true;
    }

    void openImages(List<Path> files) {
        closeVideo();
        remember(files.getFirst());
        folder.setAll(files);
        select(0);
    }

    /// Lists the images of a folder, by name, and shows the first.
    void openFolder(Path path) {
        remember(path);
        submit("task.folder", Lane.FILES, (_, _) -> list(path)).onDone(found -> {
            if (found.isEmpty()) {
                services.notices().show(Notice.info(services.texts().get("inference.folder.empty"), path.toString()));
                return;
            }
            closeVideo();
            folder.setAll(found);
            select(0);
        });
    }

    /// Shows an image of the folder.
    void select(int index) {
        if (index < 0 || index >= folder.size()) {
            return;
        }
        position.set(index);
        stop(loading);
        Path file = folder.get(index);
        loading = quietly(Lane.FILES, (_, _) -> Picture.load(file)).onDone(this::show);
    }

    void step(int by) {
        if (video.formatProperty().get().isPresent()) {
            pause();
            seek(video.frameProperty().get() + by);
        } else {
            select(position.get() + by);
        }
    }

    void openVideo(Path file) {
        remember(file);
        submit("task.video", Lane.FILES, (_, _) -> VideoSource.open(file)).onDone(opened -> {
            videoFile = Optional.of(file);
            start(opened, file.getFileName().toString());
        });
    }

    /// @param number from 0
    void openCamera(int number) {
        submit("task.camera", Lane.FILES, (_, _) -> VideoSource.open(String.valueOf(number)))
                .onDone(opened -> {
                    videoFile = Optional.empty();
                    start(opened, services.texts().get("inference.camera"));
                    play();
                });
    }

    void play() {
        VideoPlayer now = player;
        if (now != null) {
            video.playingProperty().set(true);
            now.play();
        }
    }

    void pause() {
        VideoPlayer now = player;
        if (now != null) {
            video.playingProperty().set(false);
            now.pause();
        }
    }

    void seek(long frame) {
        VideoPlayer now = player;
        if (now != null) {
            now.seek(frame);
        }
    }

    /// Plays or pauses a video; runs the model on an image.
    void runOrPlay() {
        if (player == null) {
            run();
        } else if (video.playingProperty().get()) {
            pause();
        } else {
            play();
        }
    }

    /// Runs the model on what is shown, once; opens it first when need be.
    void run() {
        SegmentationModel ready = open;
        if (ready == null) {
            source.get().ifPresent(this::openModel);
            return;
        }
        picture.get().ifPresent(shown -> {
            stop(computing);
            running.set(true);
            RunningTask<Result> task =
                    quietly(Lane.COMPUTE, (_, cancellation) -> Result.of(ready.run(shown.raster(), cancellation)));
            computing = task;
            task.onDone(found -> {
                if (picture.get().filter(shown::equals).isPresent()) {
                    show(Optional.of(found));
                }
            });
        });
    }

    /// Opens a model and, when one is shown, runs it on the image.
    void openModel(ModelSource next) {
        source.set(Optional.of(next));
        ModelRequest request = new ModelRequest(next, device.get(), precision.get());
        submit("task.model", Lane.COMPUTE, (progress, stop) -> segmentation.open(request, progress, stop))
                .onDone(this::use);
    }

    /// Tells what lies at an image pixel.
    void hover(int x, int y) {
        hover.set(picture.get().filter(p -> contains(p.raster().size(), x, y)).map(_ -> look(x, y)));
    }

    void hoverNothing() {
        hover.set(Optional.empty());
    }

    void loadPalette(Path file) {
        quietly(Lane.FILES, (_, _) -> PaletteFile.load(file)).onDone(classes::setPalette);
    }

    void exportOverlay(Path file) {
        export(file, (exports, shown, found) -> exports.saveOverlay(shown.raster(), found, file));
    }

    void exportMask(Path file) {
        export(file, (exports, _, found) -> exports.saveMask(found, file));
    }

    /// Masks and overlays of all images of the folder.
    void exportFolder(Path target) {
        SegmentationModel ready = open;
        if (ready == null) {
            return;
        }
        Exports exports = exports();
        List<Path> images = List.copyOf(folder);
        submit(
                        "task.export.folder",
                        Lane.COMPUTE,
                        (progress, cancellation) ->
                                exports.folder(images, target, ready, new Exports.Watch(progress, cancellation)))
                .onDone(count -> saved(services.texts().get("inference.exported", count), target));
    }

    void exportVideo(Path target) {
        SegmentationModel ready = open;
        if (ready == null || videoFile.isEmpty()) {
            return;
        }
        pause();
        Exports exports = exports();
        Path from = videoFile.get();
        submit("task.export.video", Lane.COMPUTE, (progress, cancellation) -> {
                    exports.video(from, target, ready, new Exports.Watch(progress, cancellation));
                    return target;
                })
                .onDone(file -> saved(services.texts().get("inference.saved"), file));
    }

    /// The overlay of what is shown, for the clipboard.
    Optional<Raster> overlay() {
        return picture.get().flatMap(p -> result.get().map(r -> exports().overlay(p.raster(), r)));
    }

    /// Saves what is kept and lets video and model go.
    @Override
    public void close() {
        services.settings().save(InferenceSettings.TOPIC, settings());
        stop(loading);
        stop(computing);
        SegmentationModel lastModel = open;
        VideoPlayer lastPlayer = player;
        open = null;
        liveModel = null;
        closeVideo();
        services.tasks().submitQuietly(Lane.COMPUTE, (_, _) -> {
            if (lastPlayer != null) {
                lastPlayer.join();
            }
            if (lastModel != null) {
                lastModel.close();
            }
            return true;
        });
    }

    // Parts

    private interface Export {
        void write(Exports exports, Picture shown, Result found);
    }

    private void export(Path file, Export how) {
        Exports exports = exports();
        picture.get()
                .ifPresent(shown -> result.get()
                        .ifPresent(found -> submit("task.export", Lane.FILES, (_, _) -> {
                                    how.write(exports, shown, found);
                                    return file;
                                })
                                .onDone(written -> saved(services.texts().get("inference.saved"), written))));
    }

    private void saved(String title, Path where) {
        services.notices().show(Notice.done(title, where.toString()));
    }

    private Exports exports() {
        return new Exports(classes.styleProperty().get(), classes.palette());
    }

    private void show(Picture next) {
        picture.set(Optional.of(next));
        show(Optional.empty());
        if (live.get()) {
            run();
        }
    }

    private void show(Optional<Result> next) {
        result.set(next);
        classes.show(next.map(Result::statistics).orElse(null));
        hover.get().ifPresent(h -> hover(h.x(), h.y()));
    }

    private void use(SegmentationModel opened) {
        SegmentationModel before = open;
        open = opened;
        liveModel = live.get() ? opened : null;
        model.set(Optional.of(opened.card()));
        classes.show(opened.card());
        result.set(Optional.empty());
        if (before != null) {
            quietly(Lane.COMPUTE, (_, _) -> {
                before.close();
                return before;
            });
        }
        if (player != null) {
            seek(video.frameProperty().get());
        } else if (live.get()) {
            run();
        }
    }

    private void liveChanged() {
        liveModel = live.get() ? open : null;
        if (live.get() && result.get().isEmpty()) {
            run();
        }
    }

    private void start(VideoSource opened, String name) {
        closeVideo();
        folder.clear();
        position.set(-1);
        result.set(Optional.empty());
        video.formatProperty().set(Optional.of(opened.format()));
        video.frameProperty().set(0);
        if (open == null && live.get()) {
            source.get().ifPresent(this::openModel);
        }
        pending.set(pending.get() + 1);
        awaited = true;
        Object key = new Object();
        player = new VideoPlayer(
                opened,
                this::compute,
                new VideoPlayer.Listener(
                        shot -> services.bridge().post(key, () -> show(shot, name)),
                        () -> services.bridge()
                                .run(() -> video.playingProperty().set(false)),
                        failure -> services.bridge().run(() -> {
                            services.notices().showFailure(failure);
                            closeVideo();
                        })));
    }

    /// On the video's thread.
    private @Nullable Result compute(Raster frame) {
        SegmentationModel now = liveModel;
        try {
            return now == null ? null : Result.of(now.run(frame, new Cancellation()));
        } catch (CancellationException _) {
            return null; // another model was opened meanwhile; the next frame has it
        }
    }

    private void show(VideoPlayer.Shot shot, String name) {
        if (player == null) {
            return;
        }
        picture.set(Optional.of(new Picture(name, Optional.empty(), shot.pyramid())));
        show(Optional.ofNullable(shot.result()));
        video.shown(shot.index());
        arrived();
    }

    /// The first frame of a video came, or never will.
    private void arrived() {
        if (awaited) {
            awaited = false;
            pending.set(pending.get() - 1);
        }
    }

    private void closeVideo() {
        VideoPlayer last = player;
        player = null;
        if (last != null) {
            last.close();
            arrived();
            video.playingProperty().set(false);
            video.formatProperty().set(Optional.empty());
        }
    }

    private Hover look(int x, int y) {
        return result.get()
                .map(r -> {
                    double confidence = r.pyramid().confidenceAt(x, y);
                    boolean isSure =
                            !(confidence < classes.minConfidenceProperty().get());
                    Optional<ClassRow> row = isSure ? classes.row(r.pyramid().labelAt(x, y)) : Optional.empty();
                    return new Hover(x, y, row, confidence);
                })
                .orElse(new Hover(x, y, Optional.empty(), Double.NaN));
    }

    private void remember(Path path) {
        recent.set(recent.get().with(path));
        services.settings().save(RecentFiles.TOPIC, recent.get());
    }

    private InferenceSettings settings() {
        return new InferenceSettings(
                classes.opacityProperty().get(),
                classes.outlinesProperty().get(),
                live.get(),
                inspector.get(),
                path(source.get().flatMap(ModelSource::config)),
                path(source.get().flatMap(ModelSource::checkpoint)),
                device.get(),
                precision.get());
    }

    private <T> RunningTask<T> submit(String nameKey, Lane lane, Work<T> work) {
        return tracked(services.tasks().submit(services.texts().get(nameKey), lane, work));
    }

    private <T> RunningTask<T> quietly(Lane lane, Work<T> work) {
        return tracked(services.tasks().submitQuietly(lane, work));
    }

    private <T> RunningTask<T> tracked(RunningTask<T> task) {
        pending.set(pending.get() + 1);
        return task.onEnd(() -> {
            if (task == computing) {
                running.set(false);
            }
            pending.set(pending.get() - 1);
        });
    }

    private static void stop(@Nullable RunningTask<?> task) {
        if (task != null) {
            task.cancel();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(DroppedFiles::isImage).sorted().toList();
        }
    }

    private static boolean contains(Size size, int x, int y) {
        return x >= 0 && y >= 0 && x < size.width() && y < size.height();
    }

    private static String known(String wanted, List<String> all) {
        return all.contains(wanted) ? wanted : all.getFirst();
    }

    private static Optional<Path> file(String path) {
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
    }

    private static String path(Optional<Path> file) {
        return file.map(f -> f.toAbsolutePath().toString()).orElse("");
    }
}
