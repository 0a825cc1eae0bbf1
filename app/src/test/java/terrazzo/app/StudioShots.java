package terrazzo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.app.fx.WindowDialogs;
import terrazzo.app.segment.EngineSegmentation;
import terrazzo.app.settings.Appearance;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.core.UserFolder;
import terrazzo.data.scenes.DemoScenes;
import terrazzo.inference.Catalogues;
import terrazzo.plugin.Plugins;

/// Writes pictures of every state, to be looked at. Arguments: folder, theme, language, size, a video (or `-`), runs.
final class StudioShots {

    private final Path folder;
    private final Path home;
    private final Stage stage = new Stage(StageStyle.UNDECORATED);
    private final Studio studio;

    private StudioShots(Path folder, String[] look, Path home) {
        this.folder = folder;
        this.home = home;
        UserFolder user = new UserFolder(home);
        var surroundings = new Studio.Surroundings(
                new StudioHome(user),
                new WindowDialogs(() -> stage),
                new EngineSegmentation(Catalogues::builtIn, user),
                Plugins.load(home.resolve("plugins"), _ -> {}));
        this.studio = new Studio(stage, surroundings, StudioOptions.plain());
        studio.appearanceProperty().set(new Appearance(look[1], look[2]));
        String[] size = look[3].split("x", 2);
        stage.setWidth(Integer.parseInt(size[0]));
        stage.setHeight(Integer.parseInt(size[1]));
        studio.show();
    }

    public static void main(String[] args) throws Exception {
        StudioCommand.headless();
        Platform.startup(() -> {});
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path home = Files.createTempDirectory("shots");
        Files.writeString(Files.createDirectories(home.resolve("plugins")).resolve("broken.jar"), "not a jar");
        StudioShots shots = OpenStudio.ui(() -> new StudioShots(folder, args, home));
        shots.inference();
        shots.video(args[4]);
        shots.train();
        shots.charts(
                List.of(args).subList(5, args.length).stream().map(Path::of).toList());
        shots.shell();
        shots.ui(shots.studio::close);
        Platform.exit();
    }

    private void inference() throws Exception {
        shot("01-empty");
        List<Path> scenes = DemoScenes.in(home.resolve("cache/demo"));
        ui(() -> studio.currentWorkspace().open(scenes));
        shot("02-overlay");
        press(".row-toggle");
        shot("03-hidden");
        press(".row-toggle");
        press(".row-toggle.solo");
        shot("04-solo");
        press(".row-toggle.solo");
        ui(() -> ((Slider) find("#confidence")).setValue(0.7));
        shot("05-confidence");
        ui(() -> ((Slider) find("#confidence")).setValue(0));
        ui(() -> {
            SegCanvas canvas = (SegCanvas) find(".seg-canvas");
            canvas.viewport().zoomAt(canvas.getWidth() * 0.6, canvas.getHeight() * 0.6, 12);
            Bounds place = canvas.localToScene(canvas.getBoundsInLocal());
            Event.fireEvent(canvas, moved(place.getMinX() + 200, place.getMinY() + 150));
        });
        shot("06-close-hover");
        key(KeyCode.DIGIT0, false, false);
    }

    private void video(String file) throws Exception {
        if (file.equals("-")) {
            return;
        }
        ui(() -> studio.currentWorkspace().open(List.of(Path.of(file))));
        shot("07-video");
    }

    private void train() throws Exception {
        ui(() -> studio.show("train"));
        shot("08-train");
    }

    private void charts(List<Path> runs) throws Exception {
        ui(() -> studio.show("charts"));
        shot("09-charts-empty");
        if (!runs.isEmpty()) {
            ui(() -> studio.currentWorkspace().open(runs));
            shot("10-charts");
        }
    }

    private void shell() throws Exception {
        ui(() -> studio.show("inference"));
        key(KeyCode.K, true, false);
        shot("11-palette");
        key(KeyCode.ESCAPE, false, false);
        key(KeyCode.SLASH, false, true);
        shot("12-keys");
        key(KeyCode.ESCAPE, false, false);
        ui(() -> {
            studio.services().notices().showFailure(new NoSuchFileException("images/scene_009.png"));
            studio.services().notices().showFailure(new IllegalStateException("a fault of ours"));
            studio.services()
                    .tasks()
                    .submit(
                            studio.services().texts().get("task.export.folder"),
                            Lane.FILES,
                            (progress, cancellation) -> {
                                for (int i = 0; i < 100; i++) {
                                    progress.at(i, 160, "scene_%03d.png".formatted(i));
                                    cancellation.check();
                                    Thread.sleep(40);
                                }
                                return 0;
                            });
        });
        TimeUnit.SECONDS.sleep(2);
        shot("13-failures-task");
        ui(() -> studio.show("settings"));
        shot("14-settings");
    }

    private static MouseEvent moved(double x, double y) {
        return new MouseEvent(
                MouseEvent.MOUSE_MOVED,
                x,
                y,
                x,
                y,
                MouseButton.NONE,
                0,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                null);
    }

    private Node find(String selector) {
        return studio.scene().lookup(selector);
    }

    private void press(String selector) throws Exception {
        ui(() -> ((ButtonBase) find(selector)).fire());
    }

    private void key(KeyCode code, boolean isControl, boolean isShift) throws Exception {
        ui(() -> {
            Node target = Optional.ofNullable(studio.scene().getFocusOwner())
                    .orElse(studio.scene().getRoot());
            Event.fireEvent(target, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, isShift, isControl, false, false));
        });
    }

    /// Writes a picture once everything is there.
    private void shot(String name) throws Exception {
        TimeUnit.MILLISECONDS.sleep(200);
        new OpenStudio(studio).settle();
        TimeUnit.MILLISECONDS.sleep(700);
        OpenStudio.ui((Callable<Integer>) () -> {
            Screenshots.write(studio.scene(), folder.resolve(name + ".png"));
            return 0;
        });
    }

    private void ui(Runnable work) throws InterruptedException, IOException {
        try {
            OpenStudio.ui(() -> {
                work.run();
                return true;
            });
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
