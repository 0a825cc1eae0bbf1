package terrazzo.app;

import static terrazzo.app.ShotCamera.ui;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import javafx.stage.Window;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.app.chart.Chart;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.fx.WindowDialogs;
import terrazzo.app.notice.Notice;
import terrazzo.app.segment.EngineSegmentation;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.core.Size;
import terrazzo.core.UserFolder;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;
import terrazzo.core.image.Raster;
import terrazzo.data.images.ImageFile;
import terrazzo.data.images.PngRows;
import terrazzo.data.scenes.DemoScenes;
import terrazzo.inference.Catalogues;
import terrazzo.plugin.Plugins;

/// Writes pictures of every state in both themes, both languages and three sizes, to be looked at. Arguments: folder,
/// a video (or `-`), a folder of runs that have samples (or `-`) and a data set of drawn scenes to train on (or `-`).
/// `-Dshots.looks` and `-Dshots.states` are patterns that choose some, `-Dshots.parts` names parts that are done at
/// all, `-Dshots.plugin` is the jar of one that is loaded:
/// `-Dshots.looks=dark-zh -Dshots.states=hover -Dshots.parts=inference,charts`.
final class StudioShots {

    private static final int PATIENCE_SECONDS = 90;
    private static final String HOVER = ".seg-canvas@0.45:0.7";

    /// Pixels in each direction of an image too large for memory.
    private static final int LARGE = 12_000;

    private final Path home;
    private final Studio studio;
    private final ShotCamera camera;

    private StudioShots(Path folder, Path home) {
        this.home = home;
        UserFolder user = new UserFolder(home);
        Stage stage = new Stage(StageStyle.UNDECORATED);
        var surroundings = new Studio.Surroundings(
                new StudioHome(user),
                new WindowDialogs(() -> stage),
                new EngineSegmentation(Catalogues::builtIn, user),
                Plugins.load(home.resolve("plugins"), _ -> {}));
        this.studio = new Studio(stage, surroundings, StudioOptions.plain());
        this.camera = new ShotCamera(
                studio,
                stage,
                folder,
                ShotCamera.Look.matching(Pattern.compile(System.getProperty("shots.looks", ""))),
                Pattern.compile(System.getProperty("shots.states", "")));
        studio.show();
    }

    public static void main(String[] args) throws Exception {
        StudioCommand.headless();
        Platform.startup(() -> {});
        Path home = Files.createTempDirectory("shots");
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Files.writeString(plugins.resolve("broken.jar"), "not a jar");
        String plugin = System.getProperty("shots.plugin");
        if (plugin != null) {
            Files.copy(Path.of(plugin), plugins.resolve("plugin.jar"));
        }
        String root = home.resolve("work_dirs").toString().replace("\\", "\\\\");
        Files.writeString(
                Files.createDirectories(home.resolve("settings")).resolve("train.json"),
                "{\"version\":1,\"root\":\"" + root + "\",\"config\":\"\"}");
        StudioShots shots = OpenStudio.ui(() -> new StudioShots(Path.of(args[0]), home));
        List<String> parts = List.of(System.getProperty("shots.parts", "inference,video,train,charts,shell")
                .split(","));
        try {
            shots.take(parts, args);
        } finally {
            ui(shots.studio::close);
            Platform.exit();
        }
    }

    private void take(List<String> parts, String[] args) throws Exception {
        if (parts.contains("inference")) {
            inference();
        }
        if (parts.contains("video")) {
            video(args[1]);
        }
        if (parts.contains("train")) {
            train(args[2], args[3]);
        }
        if (parts.contains("charts")) {
            charts(args[2]);
        }
        if (parts.contains("shell")) {
            shell();
        }
    }

    private void inference() throws Exception {
        camera.shoot("inference-empty");
        List<Path> scenes = DemoScenes.in(home.resolve("cache/demo"));
        ui(() -> studio.currentWorkspace().open(scenes));
        new OpenStudio(studio).settle();
        camera.shoot("inference-image-run");
        step("#opacity=1");
        camera.shoot("inference-opacity-1");
        step("#opacity=0.5");
        step("#eye-1");
        camera.shoot("inference-class-hidden");
        step("#eye-1");
        step("#solo-1");
        camera.shoot("inference-class-solo");
        step("#solo-1");
        step("#colour-0=gold");
        camera.shoot("inference-class-colour");
        step("inference.resetPalette");
        step("#confidence=0.7");
        camera.shoot("inference-confidence");
        step("#confidence=0");
        camera.shoot("inference-hover", doing(HOVER), () -> {});
        step("inference.outlines");
        camera.shoot("inference-outlines");
        step("inference.outlines");
        camera.shoot("inference-zoom-64", this::zoomIn, doing("canvas.fit"));
        ListView<?> classes = OpenStudio.ui(() -> (ListView<?>) find("#classes"));
        ui(() -> classes.getSelectionModel().select(3));
        camera.shoot(
                "inference-class-rename",
                () -> key(classes, KeyCode.F2),
                () -> key(find("#class-rename"), KeyCode.ESCAPE));
        ui(() -> classes.getSelectionModel().clearSelection());
        step("inference.inspector");
        camera.shoot("inference-inspector-hidden");
        step("inference.inspector");
        files(scenes);
        ui(() -> studio.currentWorkspace().open(scenes));
        camera.shoot("inference-menu-open", doing("#open-menu"), this::hidePopups);
        camera.shoot("inference-menu-export", doing("#export-menu"), this::hidePopups);
        camera.shoot("inference-menu-models", doing("#model-catalogue"), this::hidePopups);
        camera.shoot("inference-published", this::published, this::hidePopups);
        camera.shoot("menu", doing("#menu"), this::hidePopups);
        camera.shoot("focus-ring", () -> find("#export-menu").requestFocus(), () -> {});
    }

    /// What users open beside a few good images.
    private void files(List<Path> scenes) throws Exception {
        Path photos = Files.createDirectories(home.resolve("Photos of the survey"));
        for (int i = 0; i < 40; i++) {
            Path scene = scenes.get(i % scenes.size());
            String name = i % 7 == 3 ? "img_%04d_frankfurt_leftImg8bit.jpg" : "img_%04d.jpg";
            Files.copy(scene, photos.resolve(name.formatted(i)));
        }
        ui(() -> studio.currentWorkspace().open(List.of(photos)));
        new OpenStudio(studio).settle();
        for (int i = 0; i < 12; i++) {
            step("inference.next");
        }
        camera.shoot("inference-folder", () -> hover(true), () -> hover(false));
        Files.writeString(photos.resolve("img_0001a.png"), "no image");
        ui(() -> studio.currentWorkspace().open(List.of(photos)));
        new OpenStudio(studio).settle();
        step("inference.next");
        new OpenStudio(studio).settle();
        step("inference.next");
        camera.shoot(
                "inference-unreadable-image",
                () -> {
                    doing("inference.previous").run();
                    doing("inference.next").run();
                },
                this::hush);
        ui(this::hush);
        Path torn = Files.write(photos.resolve("torn.pth"), new byte[] {1, 2, 3});
        camera.shoot("inference-unreadable-model", opening(torn), this::hush);
        ui(() -> studio.currentWorkspace().open(scenes));
        new OpenStudio(studio).settle();
        Path large = photos.resolve("orthophoto.png");
        writeLarge(ImageFile.load(scenes.getFirst()), large);
        camera.shootAtWork("inference-large-loading", opening(large), 2500);
        ui(opening(large));
        TimeUnit.SECONDS.sleep(30);
        camera.shootAtWork("inference-large-segmenting", () -> {}, 500);
    }

    /// Over an image that isn't shown: pictures have no pointer.
    private void hover(boolean isOver) {
        studio.scene().getRoot().lookupAll(".filmstrip .list-cell:filled").stream()
                .filter(cell -> cell instanceof ListCell<?> c && !c.isSelected())
                .limit(1)
                .forEach(cell -> cell.pseudoClassStateChanged(PseudoClass.getPseudoClass("hover"), isOver));
    }

    private ShotCamera.Step opening(Path file) {
        return () -> studio.currentWorkspace().open(List.of(file));
    }

    private void hush() {
        studio.services().notices().shown().clear();
    }

    /// A scene, each pixel many times.
    private static void writeLarge(Raster scene, Path file) throws IOException {
        Size size = new Size(LARGE, LARGE);
        try (OutputStream out = Files.newOutputStream(file);
                PngRows rows = PngRows.colour(out, size)) {
            byte[] row = new byte[LARGE * 3];
            for (int y = 0; y < LARGE; y++) {
                for (int i = 0; i < row.length; i++) {
                    int argb = scene.argb(i / 3 * scene.width() / LARGE, y * scene.height() / LARGE);
                    row[i] = (byte) (argb >> (8 * (i % 3))); // blue comes first
                }
                rows.row(row, 0);
            }
        }
    }

    /// To the edge of a car, as near as it gets.
    private void zoomIn() throws IOException {
        SegCanvas canvas = (SegCanvas) find(".seg-canvas");
        canvas.viewport().zoomTo(64);
        canvas.viewport().centreOn(544.5, 243.5);
        doing(HOVER).run();
    }

    private void video(String file) throws Exception {
        if (file.equals("-")) {
            return;
        }
        ui(() -> studio.currentWorkspace().open(List.of(Path.of(file))));
        camera.shoot("video-paused");
        camera.shoot("video-playing", doing("inference.play"), doing("inference.play"));
    }

    private void train(String runs, String scenes) throws Exception {
        ui(() -> studio.show("train"));
        camera.shoot("train-empty");
        tab("samples");
        camera.shoot("train-empty-samples");
        tab("config");
        camera.shoot("train-config");
        if (!scenes.equals("-")) {
            step("#train-data-root=" + scenes);
            step("#train-iterations=3000");
            TimeUnit.SECONDS.sleep(1);
        }
        TextArea editor = OpenStudio.ui(() -> (TextArea) find("#train-config-text"));
        String good = OpenStudio.ui(editor::getText);
        ui(() -> editor.setText(good.replace("type='FCNHead'", "type='FCNHaed'")));
        waitFor(() -> find("#train-problem").isVisible());
        camera.shoot("train-config-error");
        ui(() -> editor.setText(good.replaceFirst("\\)", "")));
        waitFor(() -> ((Hyperlink) find("#train-problem")).getText().matches("(Line|第) 1\\b.*"));
        ui(() -> ((Hyperlink) find("#train-problem")).fire());
        camera.shoot("train-config-error-line");
        ui(() -> editor.setText(good));
        waitFor(() -> !find("#train-problem").isVisible());
        tab("charts");
        wrongFields();
        checked();
        if (!runs.equals("-")) {
            pastRuns(Path.of(runs));
        }
        endedRuns();
        if (!scenes.equals("-")) {
            running();
        }
    }

    private void pastRuns(Path runs) throws Exception {
        ui(() -> Files.createDirectories(home.resolve("work_dirs")));
        for (Path run : list(runs)) {
            copy(run, home.resolve("work_dirs").resolve(run.getFileName()));
        }
        waitFor(() -> !((Label) find("#train-figures")).getText().isEmpty());
        TimeUnit.SECONDS.sleep(2);
        camera.shoot("train-past-run");
        tab("samples");
        camera.shoot("train-samples");
        tab("console");
        camera.shoot("train-console");
        tab("charts");
    }

    private void wrongFields() throws Exception {
        String data = OpenStudio.ui(() -> ((TextField) find("#train-data-root")).getText());
        step("#train-data-root=/data/no/such/folder");
        step("#train-iterations=abc");
        step("#train-batch=0");
        waitFor(() -> ((Label) find("#train-faults")).getText().contains("abc"));
        camera.shoot("train-wrong-fields");
        step("#train-iterations=3000");
        step("#train-batch=4");
        step("#train-data-root=" + data);
        waitFor(() -> ((Label) find("#train-faults")).getText().isEmpty());
    }

    /// What a check ends with, said again for every picture.
    private void checked() throws Exception {
        var notices = studio.services().notices();
        var texts = studio.services().texts();
        ShotCamera.Step clear = () -> notices.shown().clear();
        camera.shoot(
                "train-check-done",
                () -> notices.show(
                        Notice.done(texts.get("train.check.done"), texts.get("train.check.text", 0.062, 24, 8))),
                clear);
        camera.shoot(
                "train-check-problem",
                () -> notices.showFailure(new DatasetException(Complaint.at("/data/scenes/ann_dir/train/scene_014.png")
                        .expected("class indices below 8, or 255 to ignore")
                        .got("225 at (0, 0)")
                        .advice("set classes and num_classes to all classes, or map this label with"
                                + " label_map or 255"))),
                clear);
    }

    private void endedRuns() throws Exception {
        Path root = home.resolve("work_dirs");
        String fault = "/data/scenes/ann_dir/train/scene_014.png: expected class indices below 8, or 255 to ignore,"
                + " got 225 at (0, 0) — set classes and num_classes to all classes, or map this label with label_map"
                + " or 255";
        newest(MadeRuns.inState(root.resolve("segformer_mit-b0_8xb2-160k_labels-of-may"), "failed", 0, fault));
        camera.shoot("train-failed");
        tab("console");
        camera.shoot("train-failed-console");
        tab("charts");
        newest(MadeRuns.inState(root.resolve("segformer_mit-b0_8xb2-160k_lost"), "training", 0, ""));
        camera.shoot("train-lost");
        Path validating = MadeRuns.inState(
                root.resolve("segformer_mit-b0_8xb2-160k_validating"),
                "validating",
                ProcessHandle.current().pid(),
                "");
        newest(validating);
        camera.shoot("train-validating");
        Files.delete(validating.resolve("config.py")); // none is at work any more
        TimeUnit.SECONDS.sleep(2);
    }

    /// Looks at the run that was made last.
    private void newest(Path run) throws Exception {
        ListView<?> list = OpenStudio.ui(() -> (ListView<?>) find("#train-runs"));
        waitFor(() -> list.getItems().stream().anyMatch(row -> row.toString().contains(run.toString())));
        ui(() -> {
            list.getSelectionModel().clearSelection();
            list.getItems().stream()
                    .filter(row -> row.toString().contains(run.toString()))
                    .findFirst()
                    .ifPresent(row ->
                            list.getSelectionModel().select(list.getItems().indexOf(row)));
            Event.fireEvent(
                    list, new KeyEvent(KeyEvent.KEY_RELEASED, "", "", KeyCode.DOWN, false, false, false, false));
        });
        TimeUnit.SECONDS.sleep(3);
    }

    private void running() throws Exception {
        step("train.start");
        waitFor(() -> ((Label) find("#train-figures")).getText().contains("3,000")
                || ((Label) find("#train-figures")).getText().contains("3000"));
        TimeUnit.SECONDS.sleep(5);
        camera.shoot("train-running");
        tab("console");
        camera.shoot("train-running-console");
        tab("charts");
        step("train.pause");
        TimeUnit.SECONDS.sleep(3);
        camera.shoot("train-paused");
        step("train.pause");
        TimeUnit.SECONDS.sleep(2);
        step("train.start");
        TimeUnit.SECONDS.sleep(2);
        camera.shoot("train-queued");
        step("train.stop"); // takes it out of the queue
        TimeUnit.SECONDS.sleep(1);
        for (Path run : list(home.resolve("work_dirs"))) {
            for (Path start : list(run)) {
                if (Files.exists(start.resolve("status.json"))) {
                    Files.writeString(start.resolve("control"), "stop");
                }
            }
        }
    }

    private void charts(String runs) throws Exception {
        ui(() -> studio.show("charts"));
        camera.shoot("charts-empty");
        madeRuns();
        if (runs.equals("-")) {
            return;
        }
        List<Path> all = list(Path.of(runs));
        open(all);
        camera.shoot("charts-runs");
        step("#smoothing=0.95");
        camera.shoot("charts-smoothing");
        step("#smoothing=0");
        step("#charts-log-x");
        step("#charts-log-y");
        camera.shoot("charts-log-axes");
        step("#charts-log-x");
        step("#charts-log-y");
        camera.shoot("charts-hover", doing(".chart@0.5:0.4"), this::leaveCharts);
        step("charts.table");
        ui(() -> ((ComboBox<?>) find("#charts-x")).getSelectionModel().selectLast());
        ui(() -> ((ComboBox<?>) find("#charts-group")).getSelectionModel().selectLast());
        camera.shoot("charts-table-grouped");
        step("charts.table");
    }

    private void madeRuns() throws Exception {
        List<Path> made = MadeRuns.in(home.resolve("made"), 16);
        open(made.subList(0, 1));
        camera.shoot("charts-single");
        step("#charts-clip");
        camera.shoot("charts-unclipped");
        step("#charts-clip");
        step("charts.clear");
        open(List.of(MadeRuns.broken(home.resolve("made/broken"))));
        camera.shoot("charts-broken");
        step("#key-loss");
        step("#key-mIoU");
        step("#key-lr");
        camera.shoot("charts-bare");
        step("#key-loss");
        step(".row-toggle");
        camera.shoot("charts-all-hidden");
        step("charts.clear");
        open(made);
        camera.shoot("charts-many");
        camera.shoot("charts-many-hover", doing(".chart@0.5:0.4"), this::leaveCharts);
        step("charts.table");
        camera.shoot("charts-many-table");
        step("charts.table");
        step("#charts-group=1");
        ui(() -> link().rangeProperty().set(Optional.of(new ChartLink.Range(900, 2100))));
        camera.shoot("charts-zoomed");
        step("charts.fit");
        step("charts.clear");
    }

    private void shell() throws Exception {
        ui(() -> studio.show("inference"));
        camera.shoot("palette", doing("palette"), () -> {});
        camera.shoot(
                "palette-query",
                () -> {
                    studio.perform("palette");
                    TextField query = (TextField) find("#palette-query");
                    query.setText(text("action.canvas.fit").substring(0, 2));
                    query.end();
                },
                () -> {});
        key(KeyCode.ESCAPE);
        camera.shoot("shortcuts", doing("shortcuts"), () -> {});
        key(KeyCode.ESCAPE);
        camera.shoot(
                "tasks",
                () -> {
                    work();
                    press(find("#tasks"));
                },
                () -> {
                    hidePopups();
                    studio.services().tasks().tasks().forEach(RunningTask::cancel);
                });
        camera.shoot("failures", this::fail, () -> {});
        camera.shoot(
                "failure-details",
                this::details,
                () -> studio.services().notices().shown().clear());
        camera.shoot("session-offer", () -> offer("session.offer", ""), this::hush);
        camera.shoot("session-crashed", () -> offer("session.crashed", text("session.crashed.text")), this::hush);
        camera.shoot("camera-missing", doing("inference.openCamera"), this::hush);
        Path notes = Files.writeString(home.resolve("notes.docx"), "");
        List<Path> scenes = DemoScenes.in(home.resolve("cache/demo"));
        Path model = Files.writeString(home.resolve("epoch_40.pth"), "");
        drag("drop-images", scenes);
        drag("drop-model-and-image", List.of(model, scenes.getFirst()));
        drag("drop-refused", List.of(notes));
        camera.shoot(
                "drop-left-out", () -> studio.currentWorkspace().open(List.of(scenes.getFirst(), notes)), this::hush);
        ui(() -> studio.show("settings"));
        camera.shoot("settings-failed-plugin");
    }

    // What is done to the window

    private void open(List<Path> files) throws Exception {
        ui(() -> studio.currentWorkspace().open(files));
        new OpenStudio(studio).settle(); // the state that follows may be one that nobody wants a picture of
    }

    private static void press(Node node) {
        OpenStudio.point(MouseEvent.MOUSE_CLICKED, node, 0, 0);
    }

    private void published() {
        MenuButton models = (MenuButton) find("#model-catalogue");
        models.show();
        models.hide();
        models.getItems().getLast().fire();
    }

    private ChartLink link() {
        return ((Chart) find(".chart")).link();
    }

    private void leaveCharts() {
        link().pointerProperty().set(Double.NaN);
    }

    private void hidePopups() {
        for (Window window : List.copyOf(Window.getWindows())) {
            if (window instanceof PopupWindow popup) {
                popup.hide();
            }
        }
    }

    private void tab(String name) throws Exception {
        ui(() -> {
            TabPane tabs = (TabPane) find(".tab-pane");
            tabs.getTabs().stream()
                    .filter(tab -> ("train-tab-" + name).equals(tab.getId()))
                    .forEach(tabs.getSelectionModel()::select);
        });
        TimeUnit.MILLISECONDS.sleep(300);
    }

    /// Files hang over the window.
    private void drag(String state, List<Path> files) throws Exception {
        camera.shoot(
                state,
                () -> DropTest.fire(DragEvent.DRAG_OVER, studio.scene().getRoot(), files),
                () -> DropTest.fire(DragEvent.DRAG_EXITED, studio.scene().getRoot(), files));
    }

    /// What a start offers where there is a session to go on with.
    private void offer(String title, String words) {
        studio.services().notices().show(Notice.info(text(title), words).withAction(text("session.restore"), () -> {}));
    }

    private String text(String key) {
        return studio.services().texts().get(key);
    }

    private void fail() {
        var notices = studio.services().notices();
        notices.shown().clear();
        notices.showFailure(new NoSuchFileException("images/scene_009.png"));
        notices.showFailure(new IllegalStateException("a fault of ours"));
        notices.show(Notice.done(studio.services().texts().get("train.check.done"), ""));
    }

    private void details() {
        studio.services().notices().shown().clear();
        studio.services().notices().showFailure(new IllegalStateException("a fault of ours"));
        ((Hyperlink) find(".toast .hyperlink")).fire();
    }

    /// A task that is at work as long as pictures are taken.
    private void work() {
        for (String key : List.of("task.export.folder", "train.check.task")) {
            studio.services().tasks().submit(studio.services().texts().get(key), Lane.FILES, (progress, stop) -> {
                for (int i = 0; i < 2000; i++) {
                    progress.at(i, 3000, "scene_%03d.png".formatted(i));
                    stop.check();
                    Thread.sleep(60);
                }
                return 0;
            });
        }
    }

    private Node find(String selector) {
        return studio.scene().lookup(selector);
    }

    private void step(String step) throws Exception {
        ui(doing(step));
    }

    private ShotCamera.Step doing(String step) {
        return () -> new Steps(studio).perform(step);
    }

    private void key(KeyCode code) throws Exception {
        ui(() -> key(
                Optional.ofNullable(studio.scene().getFocusOwner())
                        .orElse(studio.scene().getRoot()),
                code));
    }

    private static void key(Node target, KeyCode code) {
        Event.fireEvent(target, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    private void waitFor(BooleanSupplier wanted) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!OpenStudio.ui(wanted::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new IOException("this state did not come");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
