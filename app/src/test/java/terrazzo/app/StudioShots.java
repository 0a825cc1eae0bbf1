package terrazzo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.app.fx.WindowDialogs;
import terrazzo.app.segment.EngineSegmentation;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.core.Scale;
import terrazzo.core.UserFolder;
import terrazzo.inference.Catalogues;
import terrazzo.plugin.Plugins;

/// Writes pictures of states that need a user: palette, keys, a failure, a close look. Arguments: folder, theme,
/// language, size, files.
final class StudioShots {

    private final Path folder;
    private final Stage stage;
    private final Studio studio;

    private StudioShots(Path folder, StudioOptions options, Scale size, UserFolder home) {
        this.folder = folder;
        this.stage = new Stage(StageStyle.UNDECORATED);
        var surroundings = new Studio.Surroundings(
                new StudioHome(home),
                new WindowDialogs(() -> stage),
                new EngineSegmentation(Catalogues::builtIn, home),
                Plugins.none());
        this.studio = new Studio(stage, surroundings, options);
        stage.setWidth(size.width());
        stage.setHeight(size.height());
        studio.show();
    }

    public static void main(String[] args) throws Exception {
        StudioCommand.headless();
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Path folder = Files.createDirectories(Path.of(args[0]));
        String[] size = args[3].split("x", 2);
        List<Path> files =
                List.of(args).subList(4, args.length).stream().map(Path::of).toList();
        StudioOptions options = new StudioOptions(
                files,
                Optional.empty(),
                new StudioOptions.Look(Optional.of(args[1]), Optional.of(args[2])),
                Optional.empty());
        UserFolder home = new UserFolder(Files.createTempDirectory("shots"));
        StudioShots shots = ui(() -> new StudioShots(
                folder, options, new Scale(Integer.parseInt(size[0]), Integer.parseInt(size[1])), home));
        shots.all();
        Platform.exit();
    }

    private void all() throws Exception {
        settle();
        shot("1-image");
        key(KeyCode.K, true, false);
        shot("2-palette");
        key(KeyCode.ESCAPE, false, false);
        key(KeyCode.SLASH, false, true);
        shot("3-keys");
        key(KeyCode.ESCAPE, false, false);
        ui(() -> {
            SegCanvas canvas = (SegCanvas) studio.scene().lookup(".seg-canvas");
            canvas.viewport()
                    .zoomAt(
                            canvas.getWidth() * 0.6,
                            canvas.getHeight() * 0.6,
                            9 / canvas.viewport().zoom());
            ((Slider) studio.scene().lookup("#confidence")).setValue(0.6);
            studio.services().notices().showFailure(new NoSuchFileException("images/scene_009.png"));
            studio.services().notices().showFailure(new IllegalStateException("a fault of ours"));
            return 0;
        });
        ui(() -> studio.services().tasks().submit("Exporting the folder", Lane.FILES, (progress, cancellation) -> {
            for (int i = 0; i < 100; i++) {
                progress.at(i, 160, "scene_%03d.png".formatted(i));
                cancellation.check();
                Thread.sleep(40);
            }
            return 0;
        }));
        TimeUnit.SECONDS.sleep(2);
        shot("4-close");
        ui(() -> {
            studio.show("settings");
            return 0;
        });
        shot("5-settings");
        ui(() -> {
            studio.close();
            return 0;
        });
    }

    private void key(KeyCode code, boolean isControl, boolean isShift) throws Exception {
        ui(() -> {
            var target = Optional.ofNullable(studio.scene().getFocusOwner())
                    .orElse(studio.scene().getRoot());
            Event.fireEvent(target, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, isShift, isControl, false, false));
            return 0;
        });
    }

    private void settle() throws Exception {
        while (!ui(() -> studio.currentWorkspace().settled().get())) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void shot(String name) throws Exception {
        TimeUnit.MILLISECONDS.sleep(900);
        ui(() -> {
            Screenshots.write(studio.scene(), folder.resolve(name + ".png"));
            return 0;
        });
    }

    private static <T> T ui(Callable<T> call) throws InterruptedException, IOException {
        FutureTask<T> task = new FutureTask<>(call);
        Platform.runLater(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
