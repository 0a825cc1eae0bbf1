package terrazzo.app.workspace.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.chart.Chart;
import terrazzo.app.fx.FileDialogs;
import terrazzo.app.fx.FxBridge;
import terrazzo.app.l10n.Language;
import terrazzo.app.l10n.Texts;
import terrazzo.app.l10n.UserWords;
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

    @TempDir
    private static Path folder;

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
    void start(Stage stage) throws IOException {
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
        Path data = Files.createDirectories(folder.resolve("scenes"));
        BundledScenes.copyTo(data);
        prepare(data, ITERATIONS);
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
        assertEquals(
                List.of(State.FINISHED),
                onUi(() ->
                        viewModel.runs().stream().map(r -> r.status().state()).toList()));
    }

    @Test
    void saysInTheConsoleWhyARunDidNotStart() throws Exception {
        prepare(folder.resolve("nowhere"), "8");
        perform("train.start");
        await(w -> w.console().contains("expected a folder of images"));
    }

    @Test
    void showsTheLineOfAFault() throws Exception {
        settle();
        onUi(() -> {
            viewModel.textProperty().set("a = 1\nmodel = dict(type='EncoderDecodr')\n");
            return true;
        });
        WaitForAsyncUtils.waitFor(
                30,
                TimeUnit.SECONDS,
                () -> onUi(() -> viewModel.problemProperty().get().isPresent()));
        TrainViewModel.Problem problem =
                onUi(() -> viewModel.problemProperty().get().orElseThrow());
        assertEquals(2, problem.line());
        assertTrue(problem.message().contains("did you mean 'EncoderDecoder'?"), problem.message());
        assertFalse(onUi(() -> action("train.start").isEnabled()));
    }

    private void prepare(Path data, String iterations) throws Exception {
        settle();
        for (Field field : List.of(Field.DATA_ROOT, Field.ITERATIONS)) {
            onUi(() -> {
                viewModel.set(field, field == Field.DATA_ROOT ? data.toString() : iterations);
                return true;
            });
            settle();
        }
        assertEquals(
                iterations, onUi(() -> viewModel.fieldProperty(Field.ITERATIONS).get()));
        assertEquals(
                data.toString(),
                onUi(() -> viewModel.fieldProperty(Field.DATA_ROOT).get()));
    }

    private void settle() throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                30,
                TimeUnit.SECONDS,
                () -> onUi(() -> !viewModel.textProperty().get().isEmpty() && viewModel.isRead()));
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
        return WaitForAsyncUtils.waitForAsyncFx(30_000, job);
    }
}
