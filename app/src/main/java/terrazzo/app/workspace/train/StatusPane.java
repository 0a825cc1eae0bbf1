package terrazzo.app.workspace.train;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;

/// State, progress and figures of the run that is watched, and what there is to say about it.
final class StatusPane extends VBox {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final TrainViewModel viewModel;
    private final Texts texts;

    StatusPane(TrainViewModel viewModel, Texts texts) {
        super(4);
        this.viewModel = viewModel;
        this.texts = texts;
        getStyleClass().add("train-status");
        setPadding(new Insets(Css.GAP, Css.PANEL_INSET, Css.GAP, Css.PANEL_INSET));
        getChildren().addAll(progress(), figures(), message());
        visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> viewModel.selectedProperty().get().isPresent(), viewModel.selectedProperty()));
        managedProperty().bind(visibleProperty());
        viewModel
                .watchedProperty()
                .addListener(_ -> pseudoClassStateChanged(BAD, status().state().isBad()));
    }

    private HBox progress() {
        Label state = new Label();
        state.setId("train-state");
        state.getStyleClass().add("task-name");
        state.setMinWidth(Region.USE_PREF_SIZE);
        state.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get(status().state().textKey()),
                        viewModel.watchedProperty(),
                        texts.languageProperty()));
        ProgressBar bar = new ProgressBar(0);
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        bar.progressProperty()
                .bind(Bindings.createDoubleBinding(() -> status().fraction(), viewModel.watchedProperty()));
        bar.visibleProperty()
                .bind(Bindings.createBooleanBinding(() -> status().maxIters() > 0, viewModel.watchedProperty()));
        HBox row = new HBox(Css.GROUP, state, bar);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Label figures() {
        Label figures = new Label();
        figures.setId("train-figures");
        figures.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        figures.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Figures.of(status(), texts), viewModel.watchedProperty(), texts.languageProperty()));
        figures.managedProperty().bind(figures.textProperty().isNotEmpty());
        return figures;
    }

    private Label message() {
        Label message = new Label();
        message.setId("train-message");
        message.getStyleClass().addAll(Css.MUTED, "train-message");
        message.setWrapText(true);
        message.setMinHeight(Region.USE_PREF_SIZE);
        message.textProperty()
                .bind(Bindings.createStringBinding(
                        this::sentence, viewModel.watchedProperty(), texts.languageProperty()));
        message.managedProperty().bind(message.textProperty().isNotEmpty());
        return message;
    }

    private String sentence() {
        return switch (status().state()) {
            case QUEUED -> texts.get("train.says.queued");
            case LOST -> texts.get("train.says.lost");
            case NONE, CHECKING, TRAINING, VALIDATING, PAUSED, STOPPED, FINISHED, FAILED ->
                status().complaint().map(texts::sentence).orElse(status().message());
        };
    }

    private RunStatus status() {
        return viewModel.watchedProperty().get().status();
    }
}
