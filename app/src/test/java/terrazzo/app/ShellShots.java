package terrazzo.app;

import static terrazzo.app.ShotCamera.ui;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TextField;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import terrazzo.app.notice.Notice;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.data.scenes.DemoScenes;

/// What lies around and over the workspaces: palette, keys, tasks, notices, settings.
final class ShellShots extends Shots {

    ShellShots(Path home, Studio studio, ShotCamera camera) {
        super(home, studio, camera);
    }

    void shell() throws Exception {
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

    private static void press(Node node) {
        OpenStudio.point(MouseEvent.MOUSE_CLICKED, node, 0, 0);
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
}
