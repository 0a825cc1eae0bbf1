package terrazzo.app.shell;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;

/// The line at the bottom: what the workspace has to say at the left; threads, memory and tasks at the right.
final class StatusBar extends HBox {

    private final StackPane place = new StackPane();
    private final Label machine = new Label();
    private final Texts texts;
    private final Timeline clock;

    StatusBar(Texts texts, TaskIndicator tasks) {
        super(Css.GROUP);
        this.texts = texts;
        getStyleClass().add(Css.STATUS);
        setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(place, Priority.ALWAYS);
        place.setAlignment(Pos.CENTER_LEFT);
        place.setMinWidth(0);
        machine.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        machine.setMinWidth(Region.USE_PREF_SIZE);
        tasks.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(place, tasks, machine);
        clock = new Timeline(new KeyFrame(Duration.seconds(3), _ -> measure()));
        clock.setCycleCount(Animation.INDEFINITE);
        clock.play();
        texts.languageProperty().addListener(_ -> measure());
        measure();
    }

    void show(Node status) {
        place.getChildren().setAll(status);
    }

    void stop() {
        clock.stop();
    }

    private void measure() {
        Runtime runtime = Runtime.getRuntime();
        long megabytes = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
        machine.setText(texts.get("status.machine", runtime.availableProcessors(), megabytes));
    }
}
