package terrazzo.app.workspace.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.app.notice.Notice;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.config.Config;
import terrazzo.config.ConfigLocator;
import terrazzo.core.AtomicFile;
import terrazzo.core.error.EngineException;
import terrazzo.inference.Catalogues;

/// What the train workspace holds: the config that is being prepared, the runs of a folder, and one of them watched.
/// UI thread only.
final class TrainViewModel implements AutoCloseable {

    /// What the form shows before anything was chosen: it trains in a minute, on the scenes that come along.
    private static final String FIRST_CONFIG = "unet/unet-s4-w8_fcn_1xb4-30i_scenes-96x128";

    private static final Logger log = LoggerFactory.getLogger(TrainViewModel.class);
    private static final long WATCH_MILLIS = 1000;

    private final StudioServices services;
    private final Supplier<Catalogues> catalogues;
    private final Draft draft;
    private final ScheduledExecutorService watcher;
    private final ScheduledFuture<?> looks;
    private final Path root;
    private final StringProperty runName = new SimpleStringProperty("");
    private final ObservableList<RunRow> runs = FXCollections.observableArrayList();
    private final ObjectProperty<Optional<RunDir>> selected = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Watched> watched = new SimpleObjectProperty<>(Watched.NONE);
    private final BooleanProperty isWatched = new SimpleBooleanProperty();
    private final TrainQueue queue;
    private final ObservableList<String> packed = FXCollections.observableArrayList();
    private Optional<Launched> launched = Optional.empty();
    private volatile Optional<RunDir> watching = Optional.empty();

    /// The run that this window started last; until it writes its status, only the process tells that it is at work.
    private record Launched(RunDir run, Process process) {

        boolean isAlive() {
            return process.isAlive();
        }
    }

    /// @param catalogues what configs may name
    TrainViewModel(StudioServices services, Supplier<Catalogues> catalogues) {
        this.services = services;
        this.catalogues = catalogues;
        this.draft = new Draft(services, catalogues);
        this.queue = new TrainQueue(services.settings());
        TrainSettings settings = services.settings().load(TrainSettings.TOPIC, TrainSettings.DEFAULT);
        this.root = settings.root().isEmpty()
                ? Path.of("work_dirs").toAbsolutePath()
                : Path.of(settings.root()).toAbsolutePath();
        this.watcher = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("terrazzo-train-watch").factory());
        selected.addListener((_, _, now) -> {
            watching = now;
            watched.set(Watched.NONE);
            watcher.execute(this::watch);
        });
        services.tasks()
                .submitQuietly(Lane.FILES, (_, _) -> new ConfigLocator().packed())
                .onDone(packed::setAll);
        String first = settings.config().isEmpty() ? FIRST_CONFIG : settings.config();
        choose(first).onFailed(_ -> {
            if (!first.equals(FIRST_CONFIG)) {
                choose(FIRST_CONFIG); // the file of last time is gone
            }
        });
        this.looks = watcher.scheduleWithFixedDelay(this::watch, 0, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Names of the configs that come with the program; filled soon.
    ObservableList<String> packed() {
        return packed;
    }

    /// The config of the next run.
    Draft draft() {
        return draft;
    }

    /// The name of the next run's folder.
    StringProperty runNameProperty() {
        return runName;
    }

    ObservableList<RunRow> runs() {
        return runs;
    }

    /// The run that is watched.
    ObjectProperty<Optional<RunDir>> selectedProperty() {
        return selected;
    }

    ObjectProperty<Watched> watchedProperty() {
        return watched;
    }

    ObservableBooleanValue settled() {
        return isWatched.and(draft.read());
    }

    /// The folder of the work dirs.
    Path root() {
        return root;
    }

    /// Takes a packed config or a file as the start of the next run.
    RunningTask<String> choose(String name) {
        return draft.choose(name, () -> {
            runName.set(freeName(baseName(name)));
            services.settings().save(TrainSettings.TOPIC, new TrainSettings(root.toString(), name));
        });
    }

    private static String baseName(String config) {
        String file = String.valueOf(Path.of(config).getFileName());
        return file.endsWith(".py") ? file.substring(0, file.length() - 3) : file;
    }

    /// A name as a folder can have it.
    private static String folderName(String typed) {
        String name = typed.strip().replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]+", "-");
        return name.replace(".", "").isBlank() ? "run" : name;
    }

    private String freeName(String base) {
        String name = base;
        for (int i = 2; Files.exists(root.resolve(name)); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    /// Tries everything that a training needs, up to one batch forward and back, and says how large it is.
    void dryRun() {
        if (!draft.commit()) {
            return;
        }
        String now = draft.textProperty().get();
        String name = draft.nameProperty().get();
        services.tasks()
                .submit(
                        services.texts().get("train.check.task"),
                        Lane.COMPUTE,
                        (_, stop) -> DryRun.of(Config.parse(now, name), catalogues.get(), services.scratch(), stop))
                .onDone(found -> services.notices()
                        .show(Notice.done(
                                services.texts().get("train.check.done"),
                                services.texts()
                                        .get(
                                                "train.check.text",
                                                found.parameters() / 1e6,
                                                found.trainImages(),
                                                found.valImages()))));
    }

    /// Starts the config as a run, or puts it behind those that wait.
    void start() {
        if (!draft.commit()) {
            return;
        }
        RunDir run = new RunDir(root.resolve(freeName(folderName(runName.get()))));
        try {
            Files.createDirectories(run.workDir());
            AtomicFile.writeText(
                    run.workDir().resolve(RunDir.CONFIG), draft.textProperty().get());
        } catch (IOException e) {
            services.notices().showFailure(e);
            return;
        }
        runs.addFirst(new RunRow(run, queued()));
        queue(run);
        selected.set(Optional.of(run));
        runName.set(freeName(baseName(draft.nameProperty().get())));
    }

    /// Puts a run behind those that wait; its turn may be now.
    private void queue(RunDir run) {
        queue.add(run);
        runs.replaceAll(row -> row.run().equals(run) ? new RunRow(run, queued()) : row);
        startNext(runs);
    }

    /// Whether the selected run can begin: it was taken out of the queue, or ended before it had a checkpoint.
    boolean canStartSelected() {
        return selected.get()
                .filter(run -> !watched.get().canResume())
                .filter(run -> runs.stream()
                        .filter(row -> row.run().equals(run))
                        .map(row -> row.status().state())
                        .anyMatch(state -> state == RunStatus.State.NONE || state.isBad()))
                .isPresent();
    }

    /// Starts the selected run with the config in its folder, or lets it wait for its turn again.
    void startSelected() {
        if (canStartSelected()) {
            selected.get().ifPresent(this::queue);
        }
    }

    private static RunStatus queued() {
        return RunStatus.of(RunStatus.State.QUEUED);
    }

    /// What is known of a run beyond its folder: that it waits, and how its process is before there is a status.
    private RunStatus seen(RunDir run, RunStatus read) {
        if (queue.contains(run)) {
            return queued();
        }
        return launched.filter(l -> l.run().equals(run) && read.equals(RunStatus.NONE))
                .map(l -> RunStatus.of(l.isAlive() ? RunStatus.State.CHECKING : RunStatus.State.LOST))
                .orElse(read);
    }

    /// Starts the run whose turn it is, unless one is at work, be it from a window that was closed since.
    private void startNext(List<RunRow> known) {
        boolean isFree = launched.filter(Launched::isAlive).isEmpty()
                && known.stream().noneMatch(row -> row.status().state().isLive());
        if (isFree) {
            queue.next().ifPresent(this::launch);
        }
    }

    /// Starts a run, or goes on from its last checkpoint.
    private void launch(RunDir run) {
        try {
            launched = Optional.of(new Launched(run, RunProcess.start(run, run.canResume())));
        } catch (IOException e) {
            services.notices().showFailure(e);
        }
    }

    /// Goes on with the selected run from its last checkpoint when its turn has come.
    void resume() {
        selected.get().ifPresent(this::queue);
    }

    /// Lets the selected run wait, or go on.
    void pauseOrGoOn() {
        control(watched.get().status().state() == RunStatus.State.PAUSED ? "run" : "pause");
    }

    /// Lets the selected run write a checkpoint and end; takes it out of the queue where it waits.
    void stop() {
        selected.get().ifPresent(queue::remove);
        control("stop");
    }

    private void control(String wish) {
        selected.get()
                .ifPresent(run -> services.tasks().submitQuietly(Lane.FILES, (_, _) -> {
                    run.control(wish);
                    return true;
                }));
    }

    /// Reads list and selected run; on the watcher's thread.
    private void watch() {
        try {
            List<RunRow> rows = new ArrayList<>();
            for (RunDir run : RunDir.in(root)) {
                rows.add(new RunRow(run, run.status()));
            }
            Optional<RunDir> run = watching;
            Watched now = run.isPresent() ? Watched.read(run.get()) : Watched.NONE;
            services.bridge().post(this, () -> show(rows, run, now));
        } catch (IOException | EngineException e) { // files are being written; the next look is in a second
            log.debug("watching {}: {}", root, e.getMessage());
        }
    }

    private void show(List<RunRow> rows, Optional<RunDir> run, Watched now) {
        List<RunRow> shown = rows.stream()
                .map(row -> new RunRow(row.run(), seen(row.run(), row.status())))
                .toList();
        if (!shown.equals(List.copyOf(runs))) {
            runs.setAll(shown);
        }
        if (selected.get().isEmpty() && !rows.isEmpty()) {
            selected.set(Optional.of(rows.getFirst().run()));
        } else if (run.equals(selected.get())) {
            watched.set(run.map(r -> now.with(seen(r, now.status()))).orElse(now));
            isWatched.set(true);
        }
        startNext(shown);
    }

    @Override
    public void close() {
        looks.cancel(true);
        watcher.shutdownNow();
    }
}
