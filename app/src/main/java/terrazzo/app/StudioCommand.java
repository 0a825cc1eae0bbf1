package terrazzo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import terrazzo.app.Studio.Surroundings;
import terrazzo.app.fx.WindowDialogs;
import terrazzo.app.segment.SegmentationService;
import terrazzo.core.Scale;

/// Opens the studio, or writes a picture of it without a display.
@Command(
        name = "studio",
        mixinStandardHelpOptions = true,
        description = "Open the studio, optionally with images, folders, videos or checkpoints.")
public final class StudioCommand implements Callable<Integer> {

    /// The toolkit's note that it was not loaded as modules; we run it from the class path on purpose.
    private static final Logger TOOLKIT_LOG = Logger.getLogger("javafx");

    private static final int PATIENCE_MINUTES = 10;

    private final SegmentationService segmentation;

    @Parameters(paramLabel = "FILES", description = "images, folders, videos, a config or a checkpoint")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--workspace", paramLabel = "NAME", description = "the workspace to show, for example inference")
    private @Nullable String workspace;

    @Option(names = "--theme", paramLabel = "light|dark", description = "the theme, instead of the saved one")
    private @Nullable String theme;

    @Option(names = "--lang", paramLabel = "en|zh", description = "the language, instead of the saved one")
    private @Nullable String language;

    @Option(
            names = "--screenshot",
            paramLabel = "OUT.png",
            description = "without a display: wait until everything is shown, write a picture, exit")
    private @Nullable Path screenshot;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "1440x900",
            description = "size of the picture (default: ${DEFAULT-VALUE})")
    private String size = "1440x900";

    /// @param segmentation how models are run
    public StudioCommand(SegmentationService segmentation) {
        this.segmentation = segmentation;
    }

    @Override
    public Integer call() throws Exception {
        TOOLKIT_LOG.setLevel(Level.SEVERE);
        StudioOptions options = options();
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        if (options.screenshot().isPresent()) {
            System.setProperty("glass.platform", "Headless");
            System.setProperty("prism.order", "sw");
            Path home = Files.createTempDirectory("terrazzo");
            Platform.startup(() -> photograph(options, options.screenshot().get(), home, exit));
            exit.completeOnTimeout(1, PATIENCE_MINUTES, TimeUnit.MINUTES);
        } else {
            Platform.startup(() -> open(options, exit));
        }
        int code = exit.get();
        Platform.exit();
        return code;
    }

    StudioOptions options() {
        Optional<StudioOptions.Screenshot> picture =
                Optional.ofNullable(screenshot).map(file -> new StudioOptions.Screenshot(file, parse(size)));
        var look = new StudioOptions.Look(Optional.ofNullable(theme), Optional.ofNullable(language));
        return new StudioOptions(files, Optional.ofNullable(workspace), look, picture);
    }

    /// `1440x900`, width first.
    static Scale parse(String size) {
        if (!size.matches("\\d{2,5}x\\d{2,5}")) {
            throw new IllegalArgumentException("--size: expected WIDTHxHEIGHT, got '" + size + "'");
        }
        int x = size.indexOf('x');
        return new Scale(Integer.parseInt(size.substring(0, x)), Integer.parseInt(size.substring(x + 1)));
    }

    private void open(StudioOptions options, CompletableFuture<Integer> exit) {
        Stage stage = new Stage();
        Studio studio = new Studio(stage, Surroundings.ofDesktop(stage, segmentation), options);
        stage.setOnHidden(_ -> exit.complete(0));
        studio.show();
    }

    private void photograph(
            StudioOptions options, StudioOptions.Screenshot picture, Path home, CompletableFuture<Integer> exit) {
        Stage stage = new Stage(StageStyle.UNDECORATED);
        Surroundings surroundings =
                new Surroundings(new StudioHome(home), new WindowDialogs(() -> stage), segmentation);
        Studio studio = new Studio(stage, surroundings, options);
        stage.setWidth(picture.size().width());
        stage.setHeight(picture.size().height());
        studio.show();
        Screenshots.whenSettled(studio.currentWorkspace().settled(), () -> {
            try {
                Screenshots.write(studio.scene(), picture.file());
                studio.close();
                exit.complete(0);
            } catch (IOException e) {
                exit.completeExceptionally(e);
            }
        });
    }
}
