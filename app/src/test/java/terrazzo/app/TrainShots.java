package terrazzo.app;

import static terrazzo.app.ShotCamera.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.event.Event;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import terrazzo.app.notice.Notice;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.DatasetException;

/// Runs before, while and after they train.
final class TrainShots extends Shots {

    TrainShots(Path home, Studio studio, ShotCamera camera) {
        super(home, studio, camera);
    }

    void train(String runs, String scenes) throws Exception {
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

    private void tab(String name) throws Exception {
        ui(() -> {
            TabPane tabs = (TabPane) find(".tab-pane");
            tabs.getTabs().stream()
                    .filter(tab -> ("train-tab-" + name).equals(tab.getId()))
                    .forEach(tabs.getSelectionModel()::select);
        });
        TimeUnit.MILLISECONDS.sleep(300);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
