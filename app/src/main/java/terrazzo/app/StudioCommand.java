package terrazzo.app;

import com.sun.glass.ui.offscreen.OffscreenPlatformFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import terrazzo.app.Studio.Surroundings;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.app.fx.WindowDialogs;
import terrazzo.app.segment.SegmentationService;
import terrazzo.app.settings.RecentFiles;
import terrazzo.app.settings.SettingsStore;
import terrazzo.app.task.TaskService;
import terrazzo.cli.Console;
import terrazzo.core.Scale;
import terrazzo.core.Size;
import terrazzo.core.UserFolder;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DeviceException;
import terrazzo.data.scenes.DemoScenes;

/// Opens the studio, or writes a picture of it without a display.
@Command(
        name = "studio",
        description = "Open the studio, optionally with images, folders, videos or checkpoints.",
        subcommands = StudioBenchCommand.class)
public final class StudioCommand implements Callable<Integer> {

    /// The toolkit's note that it was not loaded as modules; we run it from the class path on purpose.
    private static final Logger TOOLKIT_LOG = Logger.getLogger("javafx");

    private static final int PATIENCE_MINUTES = 10;

    /// What the window's tasks get to end in, after it was closed.
    private static final Duration LAST_WORK = Duration.ofSeconds(10);

    private final Console console;
    private final SegmentationService segmentation;
    private final AtomicReference<@Nullable TaskService> tasks = new AtomicReference<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILES", description = "images, folders, videos, a config or a checkpoint")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--workspace", paramLabel = "NAME", description = "the workspace to show, for example inference")
    private @Nullable String workspace;

    @Option(names = "--demo", description = "open street scenes that come with the program")
    private boolean isDemo;

    @Option(names = "--theme", paramLabel = "light|dark", description = "the theme, instead of the saved one")
    private @Nullable String theme;

    @Option(names = "--lang", paramLabel = "en|zh", description = "the language, instead of the saved one")
    private @Nullable String language;

    @Option(
            names = "--screenshot",
            paramLabel = "OUT",
            description = "without a display: wait until everything is shown, write a picture (.png, .jpg), exit")
    private @Nullable Path screenshot;

    @Option(
            names = "--do",
            paramLabel = "STEP",
            split = ",",
            description = {
                "before the picture, one after the other: an action by its name (palette, canvas.in), a control that is"
                        + " pressed (#eye-0) or gets a value (#opacity=0.8), or the pointer, held at a share of a"
                        + " control's width and height (.seg-canvas@0.5:0.4)"
            })
    private List<String> todo = new ArrayList<>();

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "size of the picture, from 900x600 to 7680x4320 (default: 1440x900)")
    private @Nullable String size;

    @Option(names = "--startup", hidden = true, description = "without a display: say how long the start took, exit")
    private boolean isStartup;

    /// @param console knows the user's folder, plugins and what configs can name
    /// @param segmentation how models are run
    public StudioCommand(Console console, SegmentationService segmentation) {
        this.console = console;
        this.segmentation = segmentation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        TOOLKIT_LOG.setLevel(Level.SEVERE);
        check();
        if (!console.plugins().all().isEmpty()) {
            console.catalogues(); // so that the plugin page lists what they add to the engine
        }
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Path picture = screenshot;
        if (isStartup) {
            headless();
            StudioHome home = new StudioHome(new UserFolder(Files.createTempDirectory("terrazzo")));
            StudioOptions options = options(DemoScenes.in(home().cache().resolve("demo")));
            Platform.startup(() -> guarded(exit, () -> timeStart(options, home, exit)));
            exit.completeOnTimeout(1, PATIENCE_MINUTES, TimeUnit.MINUTES);
        } else if (picture != null) {
            headless();
            StudioHome home = new StudioHome(new UserFolder(Files.createTempDirectory("terrazzo")));
            StudioOptions options = options(files(home));
            Platform.startup(() -> guarded(exit, () -> photograph(options, home, exit)));
            exit.completeOnTimeout(1, PATIENCE_MINUTES, TimeUnit.MINUTES);
        } else {
            StudioOptions options = options(files(home()));
            onDisplay(() -> guarded(exit, () -> open(options, exit)));
        }
        try {
            int code = exit.get();
            TaskService last = tasks.get();
            if (last != null) {
                last.await(LAST_WORK);
            }
            return code;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case IOException failure -> throw failure;
                case null, default -> throw new IOException(e.getCause());
            }
        } finally {
            Platform.exit();
        }
    }

    /// Refuses what can't be done before anything is started.
    private void check() throws NoSuchFileException {
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
        }
        Path picture = screenshot;
        if (picture == null && (size != null || !todo.isEmpty())) {
            throw usage((size == null ? "--do" : "--size") + ": expected --screenshot OUT with it, got none");
        }
        if (picture != null && !Screenshots.canWrite(picture)) {
            throw usage("--screenshot: expected a file name that ends in .png or .jpg, got '" + picture + "'");
        }
    }

    /// @throws DeviceException if there is no display, or what draws windows on it is missing
    private static void onDisplay(Runnable start) {
        boolean isLinux = System.getProperty("os.name").startsWith("Linux");
        if (isLinux && System.getenv().getOrDefault("DISPLAY", "").isEmpty()) {
            // The toolkit would say so too, but not without traces of the libraries that it tried.
            throw new DeviceException(noDesktop("no DISPLAY"));
        }
        try {
            Platform.startup(start);
        } catch (UnsupportedOperationException e) {
            throw new DeviceException(noDesktop(String.valueOf(e.getMessage())), e);
        }
    }

    private static Complaint noDesktop(String got) {
        return Complaint.at("studio")
                .expected("a desktop to open a window on")
                .got(got)
                .advice("start it in a desktop session (on Linux with GTK 3), or have a picture of it written without"
                        + " one: --screenshot OUT.png");
    }

    /// Lets the toolkit run without a display and paint in software. Before its start.
    static void headless() {
        System.setProperty("glass.platform", OffscreenPlatformFactory.NAME);
        System.setProperty("prism.order", "sw");
        TOOLKIT_LOG.setLevel(Level.SEVERE);
    }

    /// A line of results.
    void say(String line) {
        console.out().println(line);
        console.out().flush();
    }

    SegmentationService segmentation() {
        return segmentation;
    }

    /// A studio with settings of its own.
    Studio inFolder(Stage stage, Path home, SegmentationService models) {
        return new Studio(
                stage,
                new Surroundings(
                        new StudioHome(new UserFolder(home)),
                        new WindowDialogs(() -> stage),
                        models,
                        console.plugins()),
                StudioOptions.plain());
    }

    /// The files asked for; with `--demo`, and on the very first start, scenes of the program.
    private List<Path> files(StudioHome home) throws IOException {
        return isDemo || (screenshot == null && files.isEmpty() && isFirstStart(home))
                ? DemoScenes.in(home.cache().resolve("demo"))
                : files;
    }

    private static boolean isFirstStart(StudioHome home) {
        return new SettingsStore(home.settings())
                .load(RecentFiles.TOPIC, new RecentFiles(List.of()))
                .paths()
                .isEmpty();
    }

    private StudioOptions options(List<Path> open) {
        Optional<StudioOptions.Screenshot> picture =
                Optional.ofNullable(screenshot).map(file -> new StudioOptions.Screenshot(file, pictureSize()));
        var look = new StudioOptions.Look(
                one(theme, "--theme", List.of("light", "dark")), one(language, "--lang", List.of("en", "zh")));
        return new StudioOptions(open, Optional.ofNullable(workspace), look, picture);
    }

    private Optional<String> one(@Nullable String value, String option, List<String> known) {
        if (value != null && !known.contains(value)) {
            throw usage(option + ": expected " + String.join(" or ", known) + ", got '" + value + "'");
        }
        return Optional.ofNullable(value);
    }

    /// `1440x900`, width first; no smaller than the window can be, no larger than the screen of the pictures.
    private Scale pictureSize() {
        String text = size == null ? "1440x900" : size;
        if (text.matches("\\d{3,4}x\\d{3,4}")) {
            int x = text.indexOf('x');
            Scale scale = new Scale(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
            if (scale.width() >= Studio.MIN_WIDTH
                    && scale.height() >= Studio.MIN_HEIGHT
                    && scale.width() <= OffscreenPlatformFactory.WIDTH
                    && scale.height() <= OffscreenPlatformFactory.HEIGHT) {
                return scale;
            }
        }
        throw usage(
                "--size: expected WIDTHxHEIGHT from 900x600 to 7680x4320, for example 1440x900, got '" + text + "'");
    }

    private RuntimeException usage(String text) {
        CommandSpec known = spec;
        return known == null ? new IllegalArgumentException(text) : new ParameterException(known.commandLine(), text);
    }

    /// Hands failures of the start to the thread that waits, instead of leaving it waiting.
    private static void guarded(CompletableFuture<Integer> exit, Runnable start) {
        try {
            start.run();
        } catch (RuntimeException | Error e) {
            exit.completeExceptionally(e);
        }
    }

    private StudioHome home() {
        return new StudioHome(console.userFolder());
    }

    private Surroundings surroundings(Stage stage, StudioHome home) {
        return new Surroundings(home, new WindowDialogs(() -> stage), segmentation, console.plugins());
    }

    /// A studio, not shown yet.
    private Studio studio(Stage stage, StudioHome home, StudioOptions options) {
        Studio studio = new Studio(stage, surroundings(stage, home), options);
        tasks.set(studio.services().tasks());
        if (workspace != null && !studio.workspaceIds().contains(workspace)) {
            throw usage(
                    "--workspace: expected " + String.join(", ", studio.workspaceIds()) + ", got '" + workspace + "'");
        }
        return studio;
    }

    private void open(StudioOptions options, CompletableFuture<Integer> exit) {
        Stage stage = new Stage();
        Studio studio = studio(stage, home(), options);
        stage.setOnHidden(_ -> exit.complete(0));
        studio.show();
    }

    /// Says how long after the start of the process the image and the result were on screen.
    private void timeStart(StudioOptions options, StudioHome home, CompletableFuture<Integer> exit) {
        Stage stage = new Stage(StageStyle.UNDECORATED);
        Studio studio = studio(stage, home, options);
        stage.setWidth(1440);
        stage.setHeight(900);
        studio.show();
        new AnimationTimer() {
            private long image;
            private long processor;
            private boolean isSettled;

            @Override
            public void handle(long now) { // begins when the frame before is handed to the painter
                SegCanvas canvas = (SegCanvas) studio.scene().lookup(".seg-canvas");
                boolean isShown = canvas != null && canvas.showsImage();
                if (image == 0 && isShown) {
                    image = sinceStart();
                    processor = ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toMillis();
                } else if (isSettled) {
                    stop();
                    say("image after " + image + " ms, result after " + sinceStart() + " ms, " + processor
                            + " ms of processor time until the image");
                    studio.close();
                    exit.complete(0);
                }
                isSettled = image > 0 && studio.currentWorkspace().settled().get();
            }
        }.start();
    }

    private static long sinceStart() {
        Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
        return Duration.between(start, Instant.now()).toMillis();
    }

    private void photograph(StudioOptions options, StudioHome home, CompletableFuture<Integer> exit) {
        StudioOptions.Screenshot picture = options.screenshot().orElseThrow();
        Stage stage = new Stage(StageStyle.UNDECORATED);
        Studio studio = studio(stage, home, options);
        Screenshots.resize(
                stage, new Size(picture.size().height(), picture.size().width()));
        studio.show();
        afterSteps(studio, List.copyOf(todo), exit, () -> {
            try {
                Screenshots.write(Screenshots.of(stage), picture.file());
                studio.close();
                exit.complete(0);
            } catch (IOException e) {
                exit.completeExceptionally(e);
            }
        });
    }

    /// Performs the steps, each once everything is on screen, then calls `last`.
    private void afterSteps(Studio studio, List<String> steps, CompletableFuture<Integer> exit, Runnable last) {
        Screenshots.whenSettled(
                studio.currentWorkspace().settled(),
                () -> guarded(exit, () -> {
                    if (steps.isEmpty()) {
                        last.run();
                        return;
                    }
                    try {
                        new Steps(studio).perform(steps.getFirst());
                    } catch (IllegalArgumentException e) {
                        throw usage("--do: " + e.getMessage());
                    }
                    afterSteps(studio, steps.subList(1, steps.size()), exit, last);
                }));
    }
}
