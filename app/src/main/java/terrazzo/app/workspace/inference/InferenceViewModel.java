package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import terrazzo.app.notice.Notice;
import terrazzo.app.segment.ModelSource;
import terrazzo.app.segment.SegmentationModel;
import terrazzo.app.segment.SegmentationService;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.inference.overlay.PaletteFile;
import terrazzo.inference.video.VideoSource;

/// What the workspace shows and does, without a scene graph. [OpenFiles] knows what is open, [Display] what is on
/// screen,
/// [ModelSlot] the model, [ModelRun] its work on an image, [VideoDeck] a video, [ClassesModel] the classes; what
/// happens
/// in one of them and concerns another goes through here. UI thread only; long work goes through tasks.
final class InferenceViewModel implements AutoCloseable {

    /// Of the files that a message lists, so many are named.
    private static final int NAMED = 3;

    private final StudioServices services;
    private final Jobs jobs;
    private final ModelSlot model;
    private final VideoDeck video;
    private final ExportJobs exports;
    private final ClassesModel classes = new ClassesModel();
    private final Display display = new Display(classes);
    private final LargeImageWork large;
    private final OpenFiles files;
    private final ModelRun run;

    private final BooleanProperty live = new SimpleBooleanProperty(true);
    private final BooleanProperty inspector = new SimpleBooleanProperty(true);

    private @Nullable RunningTask<?> filling;

    InferenceViewModel(StudioServices services, SegmentationService segmentation) {
        this.services = services;
        InferenceSettings saved = services.settings().load(InferenceSettings.TOPIC, InferenceSettings.DEFAULT);
        this.jobs = new Jobs(services);
        this.large = new LargeImageWork(services);
        this.model = new ModelSlot(segmentation, jobs, saved);
        this.video = new VideoDeck(services, jobs);
        this.files = new OpenFiles(services, jobs, video, large);
        this.run = new ModelRun(jobs, model, large, display);
        this.exports = new ExportJobs(services, jobs, this);
        classes.opacityProperty().set(saved.opacity());
        classes.outlinesProperty().set(saved.outlines());
        live.set(saved.isLive());
        inspector.set(saved.hasInspector());
        files.onOpened(new OpenFiles.Listener() {
            @Override
            public void leaving() {
                Jobs.stop(filling);
            }

            @Override
            public void image(Picture opened) {
                show(opened);
            }

            @Override
            public void unreadable(Path file) {
                replace(Optional.empty(), Optional.empty());
                display.unreadableProperty().set(String.valueOf(file.getFileName()));
            }

            @Override
            public void video(VideoSource opened, String name) {
                start(opened, name);
            }
        });
        live.addListener(_ -> liveChanged());
        model.onOpened(card -> {
            classes.show(card);
            modelChanged();
        });
    }

    // Properties

    /// What is open.
    OpenFiles files() {
        return files;
    }

    /// What is on screen.
    Display display() {
        return display;
    }

    /// The model at work on the image shown.
    ModelRun modelRun() {
        return run;
    }

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

    /// Whether the model runs by itself on whatever is shown.
    BooleanProperty liveProperty() {
        return live;
    }

    BooleanProperty inspectorProperty() {
        return inspector;
    }

    /// Whether everything asked for is on screen.
    BooleanBinding settled() {
        return jobs.settled();
    }

    // Commands

    /// Opens whatever the files are; false when none of them can be shown.
    boolean open(List<Path> some) {
        DroppedFiles dropped = DroppedFiles.of(some);
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
            files.openVideo(dropped.video().get(), 0);
        } else if (dropped.folder().isPresent()) {
            files.openFolder(dropped.folder().get(), 0);
        } else if (!dropped.images().isEmpty()) {
            files.openImages(dropped.images(), 0);
        }
        tell(dropped.leftOut(some));
        return true;
    }

    /// Says which files were not opened beside the others.
    private void tell(List<Path> leftOut) {
        if (!leftOut.isEmpty()) {
            String names = leftOut.stream()
                    .limit(NAMED)
                    .map(f -> String.valueOf(f.getFileName()))
                    .collect(Collectors.joining(", ", "", leftOut.size() > NAMED ? ", …" : ""));
            services.notices()
                    .show(Notice.info(
                            services.texts().get("inference.left", leftOut.size()),
                            services.texts().get("inference.left.text", names)));
        }
    }

    /// Plays or pauses a video; runs the model on an image.
    void runOrPlay() {
        if (video.isOpen()) {
            video.playOrPause();
        } else {
            run.start();
        }
    }

    void loadPalette(Path file) {
        jobs.quietly(Lane.FILES, (_, _) -> PaletteFile.loadNamed(file)).onDone(classes::setPalette);
    }

    /// Saves what is kept and lets video and model go.
    @Override
    public void close() {
        services.settings().save(InferenceSettings.TOPIC, settings());
        files.stop();
        Jobs.stop(filling);
        run.stop();
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
        Jobs.stop(filling);
        replace(Optional.of(next), Optional.empty());
        if (next.isComplete()) {
            if (live.get()) {
                run.start();
            }
            return;
        }
        filling = jobs.submit("task.image", Lane.FILES, large.fill(next)).onDone(filled -> {
            if (live.get() && display.isShown(filled)) {
                run.start();
            }
        });
    }

    /// Shows another picture; the tiles of the one before go.
    private void replace(Optional<Picture> next, Optional<Result> found) {
        if (display.pictureProperty().get().flatMap(Picture::tiles).isPresent()) {
            run.stop();
        }
        display.show(next, found);
    }

    private void modelChanged() {
        model.runFrames(live.get());
        display.show(Optional.empty());
        if (video.isOpen()) {
            video.refresh();
        } else if (live.get()) {
            run.start();
        }
    }

    private void liveChanged() {
        model.runFrames(live.get());
        if (live.get() && display.resultProperty().get().isEmpty()) {
            run.start();
        }
    }

    private void start(VideoSource opened, String name) {
        Jobs.stop(filling);
        display.show(Optional.empty());
        if (model.model().isEmpty() && live.get()) {
            model.open();
        }
        video.start(opened, model::runFrame, shot -> {
            Picture frame = new Picture(name, Optional.empty(), shot.pyramid());
            replace(Optional.of(frame), Optional.ofNullable(shot.result()));
        });
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

    private static String path(Optional<Path> file) {
        return file.map(f -> f.toAbsolutePath().toString()).orElse("");
    }
}
