package terrazzo.app.workspace.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.app.UiWatch;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.chart.Chart;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.fx.FxBridge;
import terrazzo.app.l10n.Language;
import terrazzo.app.l10n.Texts;
import terrazzo.app.l10n.UserWords;
import terrazzo.app.notice.Notice;
import terrazzo.app.notice.Notices;
import terrazzo.app.settings.SettingsStore;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.app.workspace.train.RunStatus.State;
import terrazzo.data.datasets.BundledScenes;
import terrazzo.inference.Catalogues;

/// The workspace with real, short trainings on the bundled scenes, each in its own process.
@Tag("ui")
@SuppressWarnings("NullAway.Init") // set before each test
@ExtendWith(ApplicationExtension.class)
class TrainWorkspaceTest {

    private static final int PATIENCE_SECONDS = 240;

    /// Enough for a look each second to see it train.
    private static final String ITERATIONS = "150";

    @RegisterExtension
    static final UiWatch WATCH = new UiWatch();

    @TempDir
    private static Path folder;

    private Stage stage;
    private StudioServices services;
    private TrainWorkspace workspace;
    private TrainViewModel viewModel;

    private static final class NoDialogs implements FileDialogs {
        @Override
        public List<Path> open(String title, List<Kind> kinds) {
            return List.of();
        }

        @Override
        public Optional<Path> folder(String title) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> save(String title, String suggestedName, Kind kind) {
            return Optional.empty();
        }
    }

    @Start
    void start(Stage shown) throws IOException {
        stage = shown;
        Path home = Files.createTempDirectory(folder, "home");
        Path runs = Files.createDirectories(home.resolve("runs"));
        Texts texts = new Texts(Language.ENGLISH);
        FxBridge bridge = FxBridge.toToolkit();
        Notices notices = new Notices(new UserWords(texts));
        TaskService tasks = new TaskService(bridge, notices::showFailure);
        SettingsStore settings = new SettingsStore(home.resolve("settings"), tasks.executor(Lane.KEEPING));
        settings.save(TrainSettings.TOPIC, new TrainSettings(runs.toString(), ""));
        services = new StudioServices(texts, tasks, settings, new NoDialogs(), notices, bridge, home);
        workspace = new TrainWorkspace(services, Catalogues::builtIn);
        stage.setScene(new Scene(workspace.view(), 980, 760));
        stage.show();
        viewModel = workspace.viewModel();
    }

    @AfterEach
    void close() throws TimeoutException, IOException {
        for (RunDir run : RunDir.in(viewModel.root())) {
            run.control("stop");
        }
        onUi(() -> {
            workspace.close();
            services.tasks().close();
            return true;
        });
    }

    @Test
    void startsPausesStopsResumesAndDrawsARealRun() throws Exception {
        prepareScenes("scenes");
        perform("train.start");
        await(w -> w.status().state() == State.TRAINING && w.status().iter() >= 1);
        perform("train.pause");
        await(w -> w.status().state() == State.PAUSED);
        long paused = onUi(() -> viewModel.watchedProperty().get().status().iter());
        perform("train.stop");
        await(w -> w.status().state() == State.STOPPED && w.canResume());
        assertTrue(paused < Long.parseLong(ITERATIONS), "stopped before its end");

        perform("train.resume");
        await(w -> w.status().state() == State.FINISHED);
        Watched end = onUi(() -> viewModel.watchedProperty().get());
        assertEquals(ITERATIONS, Long.toString(end.status().iter()));
        assertEquals(1.0, end.status().fraction());
        assertTrue(end.console().contains("Iter"), end.console());
        assertFalse(end.curves().losses().isEmpty());
        Chart chart = assertInstanceOf(Chart.class, onUi(() -> workspace.view().lookup("#train-chart-loss")));
        assertFalse(onUi(() -> chart.figure().traces()).isEmpty());
        WaitForAsyncUtils.waitFor(
                20,
                TimeUnit.SECONDS,
                () -> onUi(() -> Stream.of("loss", "score", "rate")
                                .map(name -> (Chart) workspace.view().lookup("#train-chart-" + name))
                                .map(c -> c.plot().x())
                                .distinct()
                                .count()
                        == 1)); // one axis of iterations for all of them
        assertEquals(
                List.of(State.FINISHED),
                onUi(() ->
                        viewModel.runs().stream().map(r -> r.status().state()).toList()));
    }

    @Test
    void runAndQueueOutliveTheWindow() throws Exception {
        prepareScenes("scenes-of-two");
        RunDir first = start();
        RunDir second = start();
        await(w -> w.status().state() == State.QUEUED);
        assertTrue(onUi(() -> action("train.stop").isEnabled()), "what waits can be taken out");
        awaitState(first, State.TRAINING);

        openAgain();
        awaitState(first, State.TRAINING);
        assertEquals(State.QUEUED, stateOf(second));
        assertFalse(Files.exists(second.workDir().resolve(RunDir.OUTPUT)), "it waits while the first trains");
        select(first);
        await(w -> w.status().state() == State.TRAINING);
        perform("train.stop");
        awaitState(first, State.STOPPED);
        assertTrue(first.canResume());
        awaitState(second, State.TRAINING);
        select(second);
        await(w -> w.status().state() == State.TRAINING);
        perform("train.stop");
        awaitState(second, State.STOPPED);
    }

    @Test
    void takesARunOutOfTheQueue() throws Exception {
        prepareScenes("scenes-to-queue");
        RunDir first = start();
        RunDir second = start();
        await(w -> w.status().state() == State.QUEUED);
        perform("train.stop");
        await(w -> w.status().state() == State.NONE);
        select(first);
        await(w -> w.status().state() == State.TRAINING);
        perform("train.stop");
        awaitState(first, State.STOPPED);
        WaitForAsyncUtils.sleep(2500, TimeUnit.MILLISECONDS); // two looks
        assertEquals(State.NONE, stateOf(second));
        assertFalse(Files.exists(second.workDir().resolve(RunDir.OUTPUT)));
    }

    @Test
    void startsWhatWasTakenOutOfTheQueue() throws Exception {
        prepareScenes("scenes-taken-out");
        RunDir first = start();
        RunDir second = start();
        await(w -> w.status().state() == State.QUEUED);
        assertFalse(onUi(() -> action("train.begin").isEnabled()), "it waits");
        perform("train.stop");
        await(w -> w.status().state() == State.NONE);

        perform("train.begin");
        await(w -> w.status().state() == State.QUEUED);
        assertFalse(onUi(() -> action("train.begin").isEnabled()), "it waits again, behind the one at work");
        assertFalse(Files.exists(second.workDir().resolve(RunDir.OUTPUT)));
        perform("train.stop");
        await(w -> w.status().state() == State.NONE);
        select(first);
        await(w -> w.status().state() == State.TRAINING);
        assertFalse(onUi(() -> action("train.begin").isEnabled()), "it is at work");
        perform("train.stop");
        awaitState(first, State.STOPPED);
        assertFalse(onUi(() -> action("train.begin").isEnabled()), "it has a checkpoint to resume from");

        select(second);
        perform("train.begin");
        await(w -> w.status().state() == State.TRAINING);
        assertFalse(onUi(() -> action("train.begin").isEnabled()));
        perform("train.stop");
        awaitState(second, State.STOPPED);
    }

    @Test
    void aDryRunSendsABatchForwardAndBackAndLeavesNothing() throws Exception {
        Path data = Files.createDirectories(folder.resolve("scenes-to-check"));
        BundledScenes.copyTo(data);
        prepare(data, ITERATIONS);
        perform("train.check");
        Notice told = told();
        assertEquals("Ready to train", told.title());
        assertTrue(
                told.text().matches("[0-9.]+ M parameters · training images: \\d+ · validation images: \\d+"),
                told.text());
        assertEquals(List.of(), list(services.scratch(), "dry-run"));
        assertEquals(List.of(), list(viewModel.root(), ""));
    }

    @Test
    void aDryRunNamesTheLabelThatTrainingWouldStumbleOver() throws Exception {
        Path data = Files.createDirectories(folder.resolve("scenes-spoilt"));
        BundledScenes.copyTo(data);
        prepare(data, ITERATIONS);
        List<Path> labels = labels(data);
        for (Path label : labels) { // which of them are looked at first is the trainer's affair
            spoil(label);
        }
        perform("train.check");
        Notice told = told();
        assertEquals(Notice.Kind.FAILURE, told.kind());
        assertTrue(told.text().contains("225"), told.text());
        assertTrue(labels.stream().anyMatch(l -> told.text().contains(String.valueOf(l.getFileName()))), told.text());
    }

    @Test
    void slidesThroughTheSamplesOfARun() throws Exception {
        RunDir run = new RunDir(Files.createDirectories(viewModel.root().resolve("seen")));
        Files.writeString(run.workDir().resolve("config.py"), "");
        Path images = Files.createDirectories(run.workDir().resolve("20260102_030405/vis_data/vis_image"));
        sample(images.resolve("street_0_10.png"), 0x102030);
        sample(images.resolve("street_0_20.png"), 0x405060);
        sample(images.resolve("street_0_100.png"), 0x708090);
        sample(images.resolve("yard_0_10.png"), 0xa0b0c0);
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> onUi(() -> viewModel.runs().size() == 1));
        select(run);
        await(w -> w.samples().size() == 2);
        Slider slider = inSamples(Slider.class, "#train-sample-step");
        ComboBox<?> names = inSamples(ComboBox.class, "#train-sample-name");
        assertEquals(List.of("street_0", "yard_0"), names.getItems());
        assertEquals(2, slider.getMax());
        assertEquals(2, slider.getValue(), "the newest is seen first");
        assertSeen(0x708090);
        onUi(() -> {
            slider.setValue(0);
            return true;
        });
        assertSeen(0x102030);
        sample(images.resolve("street_0_200.png"), 0xd0e0f0);
        await(w -> w.samples().getOrDefault("street_0", List.of()).size() == 4);
        assertEquals(0, slider.getValue(), "who looks back is left there");
        onUi(() -> {
            slider.setValue(3);
            return true;
        });
        assertSeen(0xd0e0f0);
        onUi(() -> {
            names.getSelectionModel().select(1);
            return true;
        });
        assertSeen(0xa0b0c0);
    }

    @Test
    void saysWhyARunDidNotStart() throws Exception {
        prepare(folder.resolve("nowhere"), "8");
        perform("train.start");
        await(w -> w.status().state() == State.FAILED);
        Watched failed = onUi(() -> viewModel.watchedProperty().get());
        assertTrue(failed.console().contains("expected a folder of images"), failed.console());
        assertTrue(
                failed.status().message().matches("\\S+nowhere\\S+: expected a folder of images, got nothing — .*"),
                failed.status().message());
        assertTrue(onUi(() -> action("train.begin").isEnabled()), "it can be tried again");
        openAgain();
        await(w -> w.status().equals(failed.status()));
    }

    @Test
    void showsThatARunEndedUnexpectedlyAndLetsItGoOn() throws Exception {
        prepareScenes("scenes-of-a-lost-run");
        RunDir run = start();
        await(w -> w.status().state() == State.TRAINING && w.canResume());
        ProcessHandle.of(pid(run)).orElseThrow().destroyForcibly();
        await(w -> w.status().state() == State.LOST);
        assertEquals(
                "Its process ended without a word. The console shows what it said last.",
                onUi(() -> ((Label) workspace.view().lookup("#train-message")).getText()));
        assertFalse(onUi(() -> action("train.begin").isEnabled()));
        perform("train.resume");
        await(w -> w.status().state() == State.FINISHED);
        assertFalse(onUi(() -> action("train.resume").isEnabled()), "it is complete");
    }

    @Test
    void beginsWithScenesThatAreThere() throws Exception {
        settle();
        Path data = Path.of(
                onUi(() -> viewModel.draft().fieldProperty(Field.DATA_ROOT).get()));
        assertTrue(Files.isRegularFile(data.resolve("ann_dir/val/scene_007.png")), data.toString());
        assertEquals(Map.of(), onUi(() -> Map.copyOf(viewModel.draft().faults())));
        assertTrue(onUi(() -> action("train.start").isEnabled()));
    }

    @Test
    void marksWhatWasTypedAndCannotBeMeantUntilItIsMended() throws Exception {
        settle();
        TextField iterations = (TextField) onUi(() -> workspace.view().lookup("#train-iterations"));
        type(iterations, "abc");
        assertEquals("Iterations: expected a whole number above 0, got 'abc'", faults());
        assertFalse(onUi(() -> action("train.start").isEnabled()));
        type((TextField) onUi(() -> workspace.view().lookup("#train-batch")), "2");
        settle();
        assertEquals("abc", iterations.getText(), "another field mends nothing");
        assertFalse(onUi(() -> action("train.start").isEnabled()));
        type(iterations, "30");
        assertEquals("", faults(), "what stood there before is right");
        assertTrue(onUi(() -> action("train.start").isEnabled()));
        type(iterations, "0");
        assertEquals("Iterations: expected a whole number above 0, got '0'", faults());
        chooseAnother();
        assertEquals("data/DRIVE is not there.", faults(), "another config has other values");
        assertEquals(
                onUi(() -> viewModel.draft().fieldProperty(Field.ITERATIONS).get()), iterations.getText());
    }

    @Test
    void saysThatTheFolderOfTheDataIsMissing() throws Exception {
        settle();
        type((TextField) onUi(() -> workspace.view().lookup("#train-data-root")), "no/such/folder");
        settle();
        assertEquals("no/such/folder is not there.", faults());
        assertTrue(onUi(() -> action("train.start").isEnabled()), "it may come before the run begins");
        type((TextField) onUi(() -> workspace.view().lookup("#train-data-root")), folder.toString());
        settle();
        assertEquals("", faults());
    }

    @Test
    void startsWithWhatStandsInAFieldThatWasNotLeft() throws Exception {
        settle();
        onUi(() -> {
            ((TextField) workspace.view().lookup("#train-batch")).setText("0");
            action("train.start").perform();
            return true;
        });
        assertEquals("Batch: expected a whole number above 0, got '0'", faults());
        assertEquals(List.of(), list(viewModel.root(), ""));
        onUi(() -> {
            ((TextField) workspace.view().lookup("#train-batch")).setText("3");
            ((TextField) workspace.view().lookup("#train-batch")).fireEvent(new ActionEvent());
            return true;
        });
        settle();
        onUi(() -> {
            ((TextField) workspace.view().lookup("#train-iterations")).setText("7");
            ((TextField) workspace.view().lookup("#train-name")).setText("../a:b");
            action("train.start").perform();
            return true;
        });
        RunDir run = onUi(() -> viewModel.selectedProperty().get().orElseThrow());
        assertEquals("..-a-b", run.name());
        String config = Files.readString(run.workDir().resolve(RunDir.CONFIG));
        assertTrue(config.contains("max_iters=7"), config);
        assertTrue(config.contains("batch_size=3"), config);
        awaitState(run, State.FINISHED);
    }

    @Test
    void aFileThatIsNoConfigChangesNothing() throws Exception {
        settle();
        String before = onUi(() -> viewModel.draft().textProperty().get());
        Path script = folder.resolve("script.py");
        Files.writeString(script, "import os\nos.remove('a')\n");
        assertTrue(onUi(() -> workspace.open(List.of(script))));
        Notice told = told();
        assertEquals(Notice.Kind.FAILURE, told.kind());
        assertTrue(told.text().contains("script.py"), told.text());
        assertEquals(before, onUi(() -> viewModel.draft().textProperty().get()));
        assertEquals(
                "unet/unet-s4-w8_fcn_1xb4-30i_scenes-96x128",
                onUi(() -> viewModel.draft().nameProperty().get()));
        assertEquals(
                "unet/unet-s4-w8_fcn_1xb4-30i_scenes-96x128",
                onUi(() -> ((ComboBox<?>) workspace.view().lookup("#train-config")).getValue()));
    }

    @Test
    void theConsoleStaysWhereSomebodyReads() throws Exception {
        RunDir run = new RunDir(Files.createDirectories(viewModel.root().resolve("read")));
        Files.writeString(run.workDir().resolve("config.py"), "");
        Path log = Files.createDirectories(run.workDir().resolve("20260102_030405"))
                .resolve("20260102_030405.log");
        Files.writeString(log, "a line\n".repeat(300));
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> onUi(() -> viewModel.runs().size() == 1));
        TextArea console = inTab("console", TextArea.class, "#train-console");
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> onUi(() -> console.getText().contains("a line")));
        WaitForAsyncUtils.waitForFxEvents();
        onUi(() -> {
            console.setScrollTop(100);
            return true;
        });
        Files.writeString(log, "the end\n", StandardOpenOption.APPEND);
        await(w -> w.console().contains("the end"));
        assertFalse(onUi(() -> console.getText().contains("the end")));
        assertEquals(100, onUi(console::getScrollTop), 1);
        onUi(() -> {
            console.setScrollTop(Double.MAX_VALUE);
            return true;
        });
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> onUi(() -> console.getText().contains("the end")));
        onUi(() -> {
            console.setScrollTop(100);
            return true;
        });
        RunDir other = new RunDir(Files.createDirectories(viewModel.root().resolve("other")));
        Files.writeString(other.workDir().resolve("config.py"), "");
        Files.writeString(other.workDir().resolve(RunDir.OUTPUT), "another\n");
        select(other);
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> onUi(() -> console.getText().equals("another\n")));
    }

    @Test
    void showsTheLineOfAFault() throws Exception {
        settle();
        onUi(() -> {
            viewModel.draft().textProperty().set("a = 1\nmodel = dict(type='EncoderDecodr')\n");
            return true;
        });
        WaitForAsyncUtils.waitFor(
                30,
                TimeUnit.SECONDS,
                () -> onUi(() -> viewModel.draft().problemProperty().get().isPresent()));
        Draft.Problem problem =
                onUi(() -> viewModel.draft().problemProperty().get().orElseThrow());
        assertEquals(2, problem.line());
        assertTrue(
                problem.complaint().text().contains("did you mean 'EncoderDecoder'?"),
                problem.complaint().text());
        assertFalse(onUi(() -> action("train.start").isEnabled()));
    }

    /// Types and presses Enter.
    private void type(TextField field, String text) {
        onUi(() -> {
            field.setText(text);
            field.fireEvent(new ActionEvent());
            return true;
        });
    }

    /// What the form says is wrong.
    private String faults() {
        return onUi(() -> ((Label) workspace.view().lookup("#train-faults")).getText());
    }

    private void chooseAnother() throws TimeoutException {
        String other = "unet/unet-s5-d16_deeplabv3_4xb4-40k_drive-64x64";
        onUi(() -> viewModel.choose(other));
        WaitForAsyncUtils.waitFor(
                30,
                TimeUnit.SECONDS,
                () -> onUi(() -> viewModel.draft().nameProperty().get().equals(other)));
        settle();
    }

    private static long pid(RunDir run) throws IOException {
        Path status = run.lastStart().orElseThrow().resolve("status.json");
        return new ObjectMapper().readTree(Files.readString(status)).path("pid").asLong();
    }

    /// Closes the workspace as the window does, and opens another one.
    private void openAgain() {
        onUi(() -> {
            workspace.close();
            workspace = new TrainWorkspace(services, Catalogues::builtIn);
            stage.setScene(new Scene(workspace.view(), 980, 760));
            viewModel = workspace.viewModel();
            return true;
        });
    }

    private State stateOf(RunDir run) {
        return onUi(() -> viewModel.runs().stream()
                .filter(row -> row.run().equals(run))
                .findFirst()
                .map(row -> row.status().state())
                .orElse(State.NONE));
    }

    private void awaitState(RunDir run, State state) throws TimeoutException {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> stateOf(run) == state);
    }

    private void select(RunDir run) {
        onUi(() -> {
            viewModel.selectedProperty().set(Optional.of(run));
            return true;
        });
    }

    /// The next message.
    private Notice told() throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                PATIENCE_SECONDS,
                TimeUnit.SECONDS,
                () -> onUi(() -> !services.notices().shown().isEmpty()));
        return onUi(() -> services.notices().shown().getLast());
    }

    private static List<Path> list(Path folder, String start) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> String.valueOf(f.getFileName()).startsWith(start))
                    .toList();
        }
    }

    /// The label maps of a data set.
    private static List<Path> labels(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(
                            f -> f.toString().contains("ann") && f.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    /// Writes 225 into a label map, which has not as many classes.
    private static void spoil(Path label) throws IOException {
        BufferedImage before = ImageIO.read(label.toFile());
        BufferedImage after = new BufferedImage(before.getWidth(), before.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < after.getWidth(); x++) {
            after.getRaster().setSample(x, 0, 0, 225);
        }
        ImageIO.write(after, "png", label.toFile());
    }

    private static void sample(Path file, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40 * 30; i++) {
            image.setRGB(i % 40, i / 40, rgb);
        }
        ImageIO.write(image, "png", file.toFile());
    }

    /// A node of the tab of samples, which is brought to the front.
    private <T extends Node> T inSamples(Class<T> type, String selector) {
        return inTab("samples", type, selector);
    }

    private <T extends Node> T inTab(String name, Class<T> type, String selector) {
        return onUi(() -> {
            TabPane tabs = (TabPane) workspace.view().lookup(".tab-pane");
            Tab tab = tabs.getTabs().stream()
                    .filter(t -> ("train-tab-" + name).equals(t.getId()))
                    .findFirst()
                    .orElseThrow();
            tabs.getSelectionModel().select(tab);
            tabs.applyCss();
            tabs.layout();
            return type.cast(tab.getContent().lookup(selector));
        });
    }

    private void assertSeen(int rgb) throws TimeoutException {
        ImageView picture = inSamples(ImageView.class, "#train-sample");
        WaitForAsyncUtils.waitFor(
                20,
                TimeUnit.SECONDS,
                () -> onUi(() -> {
                    Image image = picture.getImage();
                    return image != null
                            && image.getProgress() == 1
                            && (image.getPixelReader().getArgb(5, 5) & 0xffffff) == rgb;
                }));
    }

    /// Asks for a short training on the bundled scenes, in a folder of their own.
    private void prepareScenes(String name) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name));
        BundledScenes.copyTo(data);
        prepare(data, ITERATIONS);
    }

    /// Starts a training, or lets it wait while another one is at work.
    private RunDir start() throws TimeoutException {
        perform("train.start");
        return onUi(() -> viewModel.selectedProperty().get().orElseThrow());
    }

    private void prepare(Path data, String iterations) throws Exception {
        settle();
        for (Field field : List.of(Field.DATA_ROOT, Field.ITERATIONS)) {
            onUi(() -> {
                viewModel.draft().set(field, field == Field.DATA_ROOT ? data.toString() : iterations);
                return true;
            });
            settle();
        }
        assertEquals(
                iterations,
                onUi(() -> viewModel.draft().fieldProperty(Field.ITERATIONS).get()));
        assertEquals(
                data.toString(),
                onUi(() -> viewModel.draft().fieldProperty(Field.DATA_ROOT).get()));
    }

    private void settle() throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                30,
                TimeUnit.SECONDS,
                () -> onUi(() -> !viewModel.draft().textProperty().get().isEmpty()
                        && viewModel.draft().read().get()));
    }

    private void await(Predicate<Watched> wanted) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                PATIENCE_SECONDS,
                TimeUnit.SECONDS,
                () -> onUi(() -> wanted.test(viewModel.watchedProperty().get())));
    }

    private void perform(String id) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                10, TimeUnit.SECONDS, () -> onUi(() -> action(id).isEnabled()));
        onUi(() -> {
            action(id).perform();
            return true;
        });
    }

    private ActionSpec action(String id) {
        return workspace.actions().stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T onUi(Callable<T> job) {
        return WaitForAsyncUtils.waitForAsyncFx(30_000, () -> WATCH.own(job));
    }
}
