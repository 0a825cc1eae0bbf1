package terrazzo.app.shell;

import atlantafx.base.controls.Popover;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.l10n.Texts;
import terrazzo.app.task.RunningTask;
import terrazzo.app.task.TaskService;
import terrazzo.app.view.Css;
import terrazzo.app.view.Durations;

/// The newest task's name and bar in the status bar; a press shows all, each with rate, time left and a way to stop it.
final class TaskIndicator extends HBox {

    private final Texts texts;
    private final VBox list = new VBox(Css.GROUP);
    private final Map<RunningTask<?>, Node> rowByTask = new HashMap<>();
    private final Label name = new Label();
    private final Label percent = new Label();
    private final ProgressBar bar = new ProgressBar();

    TaskIndicator(Texts texts, TaskService tasks) {
        super(Css.GAP);
        this.texts = texts;
        setId("tasks");
        setAlignment(Pos.CENTER_RIGHT);
        bar.setPrefWidth(110);
        percent.getStyleClass().add(Css.NUMBER);
        getChildren().addAll(name, bar, percent);
        setVisible(false);
        setManaged(false);
        list.setPrefWidth(340);
        list.getStyleClass().add("task-list");
        Popover popover = new Popover(list);
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_RIGHT);
        popover.setHeaderAlwaysVisible(false);
        popover.setAnimated(false); // one that fades out takes a list that is opened meanwhile with it
        setOnMouseClicked(_ -> popover.show(this));
        setPickOnBounds(true); // the gaps between name, bar and figure too
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        accessibleTextProperty().bind(name.textProperty());
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                popover.show(this);
                e.consume();
            }
        });
        tasks.tasks().addListener((ListChangeListener<RunningTask<?>>) change -> {
            while (change.next()) {
                for (RunningTask<?> gone : change.getRemoved()) {
                    list.getChildren().remove(rowByTask.remove(gone));
                }
                for (RunningTask<?> added : change.getAddedSubList()) {
                    Node row = row(added);
                    rowByTask.put(added, row);
                    list.getChildren().add(row);
                }
            }
            follow(tasks.tasks().isEmpty() ? null : tasks.tasks().getLast());
            if (tasks.tasks().isEmpty()) {
                popover.hide();
            }
        });
    }

    private void follow(@Nullable RunningTask<?> task) {
        setVisible(task != null);
        setManaged(task != null);
        bar.progressProperty().unbind();
        percent.textProperty().unbind();
        if (task != null) {
            name.setText(task.name());
            bar.progressProperty().bind(task.fractionProperty());
            percent.textProperty().bind(percentOf(task));
        }
    }

    private static StringBinding percentOf(RunningTask<?> task) {
        return Bindings.createStringBinding(
                () -> task.fractionProperty().get() < 0
                        ? ""
                        : Math.round(task.fractionProperty().get() * 100) + " %",
                task.fractionProperty());
    }

    private Node row(RunningTask<?> task) {
        Label title = new Label(task.name());
        title.getStyleClass().add("task-name");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button cancel = new Button(null, new FontIcon(Feather.X));
        cancel.getStyleClass().addAll("button-icon", "flat", "small", "task-cancel");
        cancel.setAccessibleText(texts.get("task.cancel"));
        cancel.setOnAction(_ -> task.cancel());
        HBox head = new HBox(Css.GAP, title, gap, cancel);
        head.setAlignment(Pos.CENTER_LEFT);
        ProgressBar progress = new ProgressBar();
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.progressProperty().bind(task.fractionProperty());
        Label figures = new Label();
        figures.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        figures.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> figures(task),
                        task.fractionProperty(),
                        task.rateProperty(),
                        task.secondsLeftProperty(),
                        task.unitProperty()));
        return new VBox(4, head, progress, figures);
    }

    private String figures(RunningTask<?> task) {
        StringBuilder line = new StringBuilder(task.unitProperty().get());
        if (task.rateProperty().get() > 0) {
            append(line, texts.get("task.rate", task.rateProperty().get()));
        }
        double seconds = task.secondsLeftProperty().get();
        if (seconds >= 0) {
            append(line, texts.get("task.left", Durations.text(texts, seconds)));
        }
        return line.toString();
    }

    private static void append(StringBuilder line, String text) {
        line.append(line.isEmpty() ? "" : " · ").append(text);
    }
}
