package terrazzo.app.workspace.charts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import terrazzo.app.notice.Notice;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Look;
import terrazzo.train.logs.ConfigDifference;
import terrazzo.train.logs.NamedRun;
import terrazzo.train.logs.RunLog;
import terrazzo.train.logs.RunNames;
import terrazzo.train.logs.XAxis;

/// What the workspace shows, without a scene graph: runs, keys, and the charts made of them. UI thread only;
/// reading and smoothing go through tasks.
final class ChartsViewModel implements AutoCloseable {

    /// What has charts before the user chooses.
    private static final List<String> USUAL = List.of("loss", "mIoU", "decode.acc_seg", "lr");

    private static final double HEAVIEST = 0.999;
    private static final String UNSET = "–";

    private final StudioServices services;
    private final ObservableList<RunRow> runs = FXCollections.observableArrayList();
    private final ObservableList<KeyRow> keys = FXCollections.observableArrayList();
    private final ObservableList<String> differences = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<List<Panel>> panels = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<XAxis> x = new SimpleObjectProperty<>(XAxis.ITERATION);
    private final DoubleProperty smoothing = new SimpleDoubleProperty();
    private final BooleanProperty logX = new SimpleBooleanProperty();
    private final BooleanProperty logY = new SimpleBooleanProperty();
    private final BooleanProperty clipped = new SimpleBooleanProperty();
    private final BooleanProperty live = new SimpleBooleanProperty();
    private final BooleanProperty table = new SimpleBooleanProperty();
    private final BooleanProperty paper = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Bare> bare = new ReadOnlyObjectWrapper<>(Bare.NOT);
    private final StringProperty group = new SimpleStringProperty("");
    private final IntegerProperty pending = new SimpleIntegerProperty();
    private final BooleanBinding settled = pending.isEqualTo(0);
    private boolean isMaking;
    private boolean isStale;
    private boolean isFollowing;

    /// Why nothing is drawn.
    enum Bare {
        /// Something is, or no run is open.
        NOT,
        /// Nothing was logged yet.
        LOGGED,
        /// None of the keys is chosen.
        CHOSEN,
        /// None of the runs is shown.
        SHOWN
    }

    ChartsViewModel(StudioServices services) {
        this.services = services;
        ChartsSettings saved = services.settings().load(ChartsSettings.TOPIC, ChartsSettings.DEFAULT);
        for (XAxis axis : XAxis.values()) {
            if (axis.name().equals(saved.x())) {
                x.set(axis);
            }
        }
        smoothing.set(saved.smoothing());
        logX.set(saved.isLogX());
        logY.set(saved.isLogY());
        clipped.set(saved.isClipped());
        live.set(saved.isLive());
        table.set(saved.hasTable());
        paper.set(saved.isPaper());
        x.addListener(_ -> {
            name();
            make();
        });
        smoothing.addListener(_ -> make());
        logX.addListener(_ -> make());
        logY.addListener(_ -> make());
        clipped.addListener(_ -> make());
        group.addListener(_ -> colour());
    }

    // Properties

    ObservableList<RunRow> runs() {
        return runs;
    }

    ObservableList<KeyRow> keys() {
        return keys;
    }

    /// The settings in which the configs of the runs differ.
    ObservableList<String> differences() {
        return differences;
    }

    ReadOnlyObjectProperty<List<Panel>> panelsProperty() {
        return panels.getReadOnlyProperty();
    }

    /// Why nothing is drawn though runs are open.
    ReadOnlyObjectProperty<Bare> bareProperty() {
        return bare.getReadOnlyProperty();
    }

    ObjectProperty<XAxis> xProperty() {
        return x;
    }

    /// From 0 to 1.
    DoubleProperty smoothingProperty() {
        return smoothing;
    }

    BooleanProperty logXProperty() {
        return logX;
    }

    BooleanProperty logYProperty() {
        return logY;
    }

    /// Whether outliers may lie outside.
    BooleanProperty clippedProperty() {
        return clipped;
    }

    /// Whether logs are followed while they grow.
    BooleanProperty liveProperty() {
        return live;
    }

    /// Whether figures are listed below the charts.
    BooleanProperty tableProperty() {
        return table;
    }

    /// Whether exports are on white, whatever the theme.
    BooleanProperty paperProperty() {
        return paper;
    }

    /// The setting by whose value runs are coloured; empty for a colour of each run's own.
    StringProperty groupProperty() {
        return group;
    }

    BooleanBinding settled() {
        return settled;
    }

    List<NamedRun> named() {
        return runs.stream()
                .map(run -> new NamedRun(run.nameProperty().get(), run.log()))
                .toList();
    }

    // Commands

    /// Adds the runs of folders and log files; false when none of the files can be one.
    boolean open(List<Path> files) {
        return open(files, () -> {});
    }

    /// @param then runs when they are there
    boolean open(List<Path> files, Runnable then) {
        List<Path> logs = logs(files);
        if (logs.isEmpty()) {
            return false;
        }
        begin();
        services.tasks()
                .submit(
                        services.texts().get("task.logs"),
                        Lane.FILES,
                        (progress, stop) -> ReadRuns.of(logs, progress, stop))
                .onDone(read -> {
                    add(read);
                    then.run();
                })
                .onEnd(this::end);
        return true;
    }

    /// Those of some files that may hold runs.
    static List<Path> logs(List<Path> files) {
        return files.stream().filter(ChartsViewModel::canHoldRuns).toList();
    }

    private static boolean canHoldRuns(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isDirectory(file) || name.endsWith(".json") || name.contains("tfevents");
    }

    void remove(RunRow run) {
        runs.remove(run);
        arrange();
    }

    void removeAll() {
        runs.clear();
        arrange();
    }

    void toggle(RunRow run) {
        run.visibleProperty().set(!run.visibleProperty().get());
        make();
    }

    void toggle(KeyRow key) {
        key.shown().set(!key.shown().get());
        make();
    }

    /// Shows charts of some keys only, and hides some runs, named by [RunRow#place].
    void show(List<String> shownKeys, List<String> hiddenRuns) {
        keys.forEach(key -> key.shown().set(shownKeys.contains(key.key())));
        runs.forEach(run -> run.visibleProperty().set(!hiddenRuns.contains(run.place())));
        make();
    }

    /// Looks whether logs have grown; called every second or so.
    void follow() {
        if (!live.get() || isFollowing || runs.isEmpty()) {
            return;
        }
        isFollowing = true;
        List<RunRow> rows = List.copyOf(runs);
        services.tasks()
                .submitQuietly(Lane.FILES, (_, _) -> ReadRuns.grown(rows))
                .onDone(this::update)
                .onEnd(() -> isFollowing = false);
    }

    @Override
    public void close() {
        ChartsSettings now = new ChartsSettings(
                x.get().name(),
                smoothing.get(),
                logX.get(),
                logY.get(),
                clipped.get(),
                live.get(),
                table.get(),
                paper.get());
        services.settings().save(ChartsSettings.TOPIC, now);
    }

    // What follows from it

    private void update(Map<RunRow, RunLog> logs) {
        if (!logs.isEmpty()) {
            logs.forEach(RunRow::setLog);
            arrange();
        }
    }

    private void add(ReadRuns read) {
        for (Path folder : read.empty()) {
            services.notices()
                    .show(Notice.info(
                            services.texts().get("charts.noLogs", String.valueOf(folder.getFileName())),
                            services.texts().get("charts.noLogs.text", folder)));
        }
        read.failures().forEach(services.notices()::showFailure);
        for (RunRow row : read.rows()) {
            Path folder = row.reader().files().folder();
            runs.removeIf(known -> known.reader().files().folder().equals(folder));
            runs.add(row);
        }
        arrange();
    }

    /// Names, keys and colours depend on all runs.
    private void arrange() {
        List<String> names = RunNames.of(
                runs.stream().map(run -> run.reader().files().folder()).toList());
        for (int i = 0; i < names.size(); i++) {
            runs.get(i).nameProperty().set(names.get(i));
        }
        SequencedSet<String> all = new LinkedHashSet<>();
        runs.forEach(run -> all.addAll(run.log().seriesByKey().keySet()));
        boolean isFirst = keys.isEmpty();
        keys.removeIf(key -> !all.contains(key.key()));
        for (String key : all) {
            if (keys.stream().noneMatch(known -> known.key().equals(key))) {
                keys.add(new KeyRow(key, isFirst && USUAL.contains(key)));
            }
        }
        if (isFirst
                && !keys.isEmpty()
                && keys.stream().noneMatch(key -> key.shown().get())) {
            keys.getFirst().shown().set(true);
        }
        List<String> differing = ConfigDifference.paths(
                runs.stream().map(RunRow::config).filter(c -> !c.isEmpty()).toList());
        if (!differences.equals(differing)) {
            differences.setAll(differing);
        }
        colour();
    }

    private void colour() {
        List<String> values = new ArrayList<>();
        for (RunRow run : runs) {
            String value = group.get().isEmpty()
                    ? run.nameProperty().get() + values.size()
                    : run.config().getOrDefault(group.get(), UNSET);
            if (!values.contains(value)) {
                values.add(value);
            }
            run.rgbProperty().set(Look.curve(values.indexOf(value)));
        }
        name();
        make();
    }

    /// Says what sets each run apart, in the language of now.
    void name() {
        for (RunRow run : runs) {
            String note = group.get().isEmpty()
                    ? steps(run.log())
                    : group.get() + " = " + run.config().getOrDefault(group.get(), UNSET);
            run.noteProperty().set(note);
        }
    }

    /// How far a run is, or why it isn't drawn.
    private String steps(RunLog log) {
        if (x.get() == XAxis.EPOCH && log.itersPerEpoch().isEmpty()) {
            return services.texts().get("charts.run.noEpochs");
        }
        String steps = services.texts().get("charts.run.steps", log.lastStep());
        return log.damaged() == 0 ? steps : services.texts().get("charts.run.damaged", steps, log.damaged());
    }

    /// Makes the charts anew, off the UI thread; asked again meanwhile, once more after that.
    private void make() {
        if (isMaking) {
            isStale = true;
            return;
        }
        isMaking = true;
        isStale = false;
        begin();
        List<Panel.Coloured> shown = runs.stream()
                .filter(run -> run.visibleProperty().get())
                .map(run -> new Panel.Coloured(
                        new NamedRun(run.nameProperty().get(), run.log()),
                        run.rgbProperty().get()))
                .toList();
        List<String> wanted = runs.isEmpty()
                ? List.of()
                : keys.stream()
                        .filter(key -> key.shown().get())
                        .map(KeyRow::key)
                        .sorted(Comparator.comparingInt(ChartsViewModel::rank))
                        .toList();
        bare.set(whyBare(!wanted.isEmpty(), !shown.isEmpty()));
        Panel.Style style = new Panel.Style(
                x.get(),
                logX.get() ? Axis.Scale.LOG : Axis.Scale.LINEAR,
                logY.get() ? Axis.Scale.LOG : Axis.Scale.LINEAR,
                Math.min(HEAVIEST, smoothing.get()),
                clipped.get());
        List<String> drawn = shown.isEmpty() ? List.of() : wanted;
        services.tasks()
                .submitQuietly(Lane.FILES, (_, _) -> Panel.of(shown, drawn, style))
                .onDone(panels::set)
                .onEnd(() -> {
                    isMaking = false;
                    if (isStale) {
                        make();
                    }
                    end();
                });
    }

    private Bare whyBare(boolean hasKeys, boolean hasRuns) {
        if (runs.isEmpty() || (hasKeys && hasRuns)) {
            return Bare.NOT;
        }
        if (keys.isEmpty()) {
            return Bare.LOGGED;
        }
        return hasRuns ? Bare.CHOSEN : Bare.SHOWN;
    }

    /// What people look at first comes first; the rest stays in the order of the log.
    private static int rank(String key) {
        int usual = USUAL.indexOf(key);
        return usual < 0 ? USUAL.size() : usual;
    }

    private void begin() {
        pending.set(pending.get() + 1);
    }

    private void end() {
        pending.set(pending.get() - 1);
    }
}
