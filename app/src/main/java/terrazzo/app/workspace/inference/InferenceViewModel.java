package terrazzo.app.workspace.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import terrazzo.app.canvas.LabelSource;
import terrazzo.app.notice.Notice;
import terrazzo.app.segment.ModelSource;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.app.segment.SegmentationService;
import terrazzo.app.settings.RecentFiles;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.core.Size;
import terrazzo.inference.overlay.PaletteFile;
import terrazzo.inference.video.VideoSource;

/// What the workspace shows and does, without a scene graph: the open image, folder or video, and what the model found.
/// The model is in a [ModelSlot], a video on a [VideoDeck], the classes in a [ClassesModel]. UI thread only; long work
/// goes through tasks.
final class InferenceViewModel implements AutoCloseable {

    private final StudioServices services;
    private final Jobs jobs;
    private final ModelSlot model;
    private final VideoDeck video;
    private final ExportJobs exports;
    private final ClassesModel classes = new ClassesModel();
    private final LargeImageWork large;

    private final ObservableList<Path> folder = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper position = new ReadOnlyIntegerWrapper(-1);
    private final ReadOnlyObjectWrapper<Optional<Picture>> picture = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Result>> result = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Hover>> hover = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<RecentFiles> recent;
    private final BooleanProperty live = new SimpleBooleanProperty(true);
    private final BooleanProperty inspector = new SimpleBooleanProperty(true);
    private final BooleanProperty running = new SimpleBooleanProperty(false);

    private Optional<Path> folderPath = Optional.empty();
    private Optional<Path> videoFile = Optional.empty();
    private @Nullable RunningTask<?> loading;
    private @Nullable RunningTask<?> computing;
    private @Nullable RunningTask<?> filling;

    InferenceViewModel(StudioServices services, SegmentationService segmentation) {
        this.services = services;
        InferenceSettings saved = services.settings().load(InferenceSettings.TOPIC, InferenceSettings.DEFAULT);
        this.recent =
                new SimpleObjectProperty<>(services.settings().load(RecentFiles.TOPIC, new RecentFiles(List.of())));
        this.jobs = new Jobs(services);
        this.large = new LargeImageWork(services);
        this.model = new ModelSlot(segmentation, jobs, saved);
        this.video = new VideoDeck(services, jobs);
        this.exports = new ExportJobs(services, jobs, this);
        classes.opacityProperty().set(saved.opacity());
        classes.outlinesProperty().set(saved.outlines());
        live.set(saved.isLive());
        inspector.set(saved.hasInspector());
        live.addListener(_ -> liveChanged());
        model.onOpened(card -> {
            classes.show(card);
            modelChanged();
        });
    }

    // Properties

    ClassesModel classes() {
        return classes;
    }

    ModelSlot model() {
        return model;
    }

    VideoDeck video() {
        return video;
    }

    ExportJobs exports() {
        return exports;
    }

    /// The work on images too large for memory.
    LargeImageWork large() {
        return large;
    }

    /// The images of the folder, or those that were opened.
    ObservableList<Path> folder() {
        return folder;
    }

    /// The folder that was opened, if it was one.
    Optional<Path> folderPath() {
        return folderPath;
    }

    /// The open video, unless it is a camera.
    Optional<Path> videoFile() {
        return video.isOpen() ? videoFile : Optional.empty();
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

    ReadOnlyObjectProperty<Optional<Hover>> hoverProperty() {
        return hover.getReadOnlyProperty();
    }

    ObjectProperty<RecentFiles> recentProperty() {
        return recent;
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
        return jobs.settled();
    }

    BooleanBinding hasPicture() {
        return Bindings.createBooleanBinding(() -> picture.get().isPresent(), picture);
    }

    BooleanBinding hasResult() {
        return Bindings.createBooleanBinding(() -> result.get().isPresent(), result);
    }

    // Commands

    /// Opens whatever the files are; false when none of them can be shown.
    boolean open(List<Path> files) {
        DroppedFiles dropped = DroppedFiles.of(files);
        if (dropped.isEmpty()) {
            return false;
        }
        if (dropped.hasModel()) {
            Optional<Path> config =
                    dropped.config().or(() -> model.sourceProperty().get().flatMap(ModelSource::config));
            model.open(ModelSource.of(
                    dropped.checkpoint().isPresent() ? dropped.config().or(() -> config) : config,
                    dropped.checkpoint()));
        }
        if (dropped.video().isPresent()) {
            openVideo(dropped.video().get(), 0);
        } else if (dropped.folder().isPresent()) {
            openFolder(dropped.folder().get(), 0);
        } else if (!dropped.images().isEmpty()) {
            openImages(dropped.images(), 0);
        }
        return true;
    }

    /// @param first which of them to show
    void openImages(List<Path> files, int first) {
        video.close();
        remember(files.getFirst());
        folderPath = Optional.empty();
        folder.setAll(files);
        select(Math.min(first, files.size() - 1));
    }

    /// Lists the images of a folder, by name.
    ///
    /// @param first which of them to show
    void openFolder(Path path, int first) {
        remember(path);
        jobs.submit("task.folder", Lane.FILES, (_, _) -> list(path)).onDone(found -> {
            if (found.isEmpty()) {
                services.notices().show(Notice.info(services.texts().get("inference.folder.empty"), path.toString()));
                return;
            }
            video.close();
            folderPath = Optional.of(path);
            folder.setAll(found);
            select(Math.min(first, found.size() - 1));
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
        loading = jobs.quietly(Lane.FILES, (_, _) -> Picture.load(file, large.scratch()))
                .onDone(this::show);
    }

    /// To another frame of the video, or image of the folder.
    void step(int by) {
        if (video.isOpen()) {
            video.step(by);
        } else {
            select(position.get() + by);
        }
    }

    /// @param frame the one to show first
    void openVideo(Path file, long frame) {
        remember(file);
        jobs.submit("task.video", Lane.FILES, (_, _) -> VideoSource.open(file)).onDone(opened -> {
            videoFile = Optional.of(file);
            start(opened, file.getFileName().toString());
            if (frame > 0) {
                video.seek(frame);
            }
        });
    }

    /// @param number from 0
    void openCamera(int number) {
        jobs.submit("task.camera", Lane.FILES, (_, _) -> VideoSource.open(String.valueOf(number)))
                .onDone(opened -> {
                    videoFile = Optional.empty();
                    start(opened, services.texts().get("inference.camera"));
                    video.play();
                });
    }

    /// Plays or pauses a video; runs the model on an image.
    void runOrPlay() {
        if (video.isOpen()) {
            video.playOrPause();
        } else {
            run();
        }
    }

    /// Runs the model on what is shown, once; opens it first when need be.
    void run() {
        SegmentationModel ready = model.model().orElse(null);
        if (ready == null) {
            model.open();
            return;
        }
        picture.get().filter(Picture::isComplete).ifPresent(shown -> run(ready, shown));
    }

    private void run(SegmentationModel ready, Picture shown) {
        stop(computing);
        running.set(true);
        RunningTask<Result> task = compute(ready, shown);
        computing = task;
        task.stateProperty().addListener(_ -> {
            if (task.isEnded() && task == computing) {
                running.set(false);
            }
        });
        task.onDone(found -> showIfStill(shown, found));
    }

    private RunningTask<Result> compute(SegmentationModel ready, Picture shown) {
        return shown.tiles()
                .map(tiles -> jobs.submit(
                        "task.segment", Lane.COMPUTE, large.segment(tiles, ready, begun -> showIfStill(shown, begun))))
                .orElseGet(() -> jobs.quietly(
                        Lane.COMPUTE,
                        (_, cancellation) -> Result.of(ready.run(shown.raster().orElseThrow(), cancellation))));
    }

    private void showIfStill(Picture shown, Result found) {
        if (picture.get().filter(shown::equals).isPresent()) {
            show(Optional.of(found));
        } else {
            found.closeUnlessIn(Optional.empty());
        }
    }

    /// Tells what lies at an image pixel.
    void hover(int x, int y) {
        hover.set(picture.get().filter(p -> contains(p.size(), x, y)).map(_ -> look(x, y)));
    }

    void hoverNothing() {
        hover.set(Optional.empty());
    }

    void loadPalette(Path file) {
        jobs.quietly(Lane.FILES, (_, _) -> PaletteFile.load(file)).onDone(classes::setPalette);
    }

    /// Saves what is kept and lets video and model go.
    @Override
    public void close() {
        services.settings().save(InferenceSettings.TOPIC, settings());
        stop(loading);
        stop(filling);
        stop(computing);
        replace(Optional.empty(), Optional.empty());
        SegmentationModel lastModel = model.release();
        VideoPlayer lastPlayer = video.close();
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

    private void show(Picture next) {
        stop(filling);
        replace(Optional.of(next), Optional.empty());
        if (next.isComplete()) {
            if (live.get()) {
                run();
            }
            return;
        }
        filling = jobs.submit("task.image", Lane.FILES, large.fill(next)).onDone(filled -> {
            if (live.get() && picture.get().filter(filled::equals).isPresent()) {
                run();
            }
        });
    }

    /// Shows another picture; the tiles of the one before go.
    private void replace(Optional<Picture> next, Optional<Result> found) {
        Optional<Picture> before = picture.get();
        if (before.filter(p -> p.tiles().isPresent()).isPresent()) {
            stop(computing);
        }
        picture.set(next);
        show(found);
        before.ifPresent(Picture::close);
    }

    private void show(Optional<Result> next) {
        Optional<Result> before = result.get();
        result.set(next);
        classes.show(next.flatMap(Result::statistics).orElse(null));
        before.ifPresent(r -> r.closeUnlessIn(next));
        hover.get().ifPresent(h -> hover(h.x(), h.y()));
    }

    private void modelChanged() {
        model.runFrames(live.get());
        show(Optional.empty());
        if (video.isOpen()) {
            video.refresh();
        } else if (live.get()) {
            run();
        }
    }

    private void liveChanged() {
        model.runFrames(live.get());
        if (live.get() && result.get().isEmpty()) {
            run();
        }
    }

    private void start(VideoSource opened, String name) {
        folder.clear();
        position.set(-1);
        stop(filling);
        show(Optional.empty());
        if (model.model().isEmpty() && live.get()) {
            model.open();
        }
        video.start(opened, model::runFrame, shot -> {
            Picture frame = new Picture(name, Optional.empty(), shot.pyramid());
            replace(Optional.of(frame), Optional.ofNullable(shot.result()));
        });
    }

    private Hover look(int x, int y) {
        return result.get()
                .map(r -> {
                    double confidence = r.pyramid().confidenceAt(x, y);
                    boolean isSure =
                            !(confidence < classes.minConfidenceProperty().get());
                    int label = r.pyramid().labelAt(x, y);
                    boolean isKnown = isSure && label != LabelSource.UNKNOWN;
                    Optional<ClassRow> row = isKnown ? classes.row(label) : Optional.empty();
                    return new Hover(x, y, row, confidence);
                })
                .orElse(new Hover(x, y, Optional.empty(), Double.NaN));
    }

    private void remember(Path path) {
        recent.set(recent.get().with(path));
        services.settings().save(RecentFiles.TOPIC, recent.get());
    }

    private InferenceSettings settings() {
        Optional<ModelSource> source = model.sourceProperty().get();
        return new InferenceSettings(
                classes.opacityProperty().get(),
                classes.outlinesProperty().get(),
                live.get(),
                inspector.get(),
                path(source.flatMap(ModelSource::config)),
                path(source.flatMap(ModelSource::checkpoint)),
                model.deviceProperty().get(),
                model.precisionProperty().get());
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

    private static String path(Optional<Path> file) {
        return file.map(f -> f.toAbsolutePath().toString()).orElse("");
    }
}
