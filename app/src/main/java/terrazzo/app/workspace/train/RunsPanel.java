package terrazzo.app.workspace.train;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.app.view.Section;

/// The runs of the folder, those that wait included; the chosen one is watched.
final class RunsPanel {

    /// Of the list: two runs are always seen.
    private static final double LEAST = 92;

    private final Texts texts;
    private final Section section;

    RunsPanel(TrainViewModel viewModel, Texts texts) {
        this.texts = texts;
        ListView<RunRow> list = new ListView<>(viewModel.runs());
        list.setId("train-runs");
        list.setPrefHeight(LEAST);
        list.setMinHeight(LEAST);
        VBox.setVgrow(list, Priority.ALWAYS);
        list.setCellFactory(_ -> new Cell());
        list.accessibleTextProperty().bind(texts.bind("train.runs"));
        Label nothing = new Label();
        nothing.getStyleClass().add(Css.MUTED);
        nothing.setWrapText(true);
        nothing.textProperty().bind(texts.bind("train.runs.none"));
        list.setPlaceholder(nothing);
        // a listener of changes comes after that of the list, which forgets its selection
        viewModel.runs().addListener((ListChangeListener<RunRow>) _ -> mark(viewModel, list));
        viewModel.selectedProperty().addListener(_ -> mark(viewModel, list));
        texts.languageProperty().addListener(_ -> list.refresh());
        list.setOnMouseClicked(_ -> choose(viewModel, list));
        list.setOnKeyReleased(_ -> choose(viewModel, list));
        this.section = new Section(texts.bind("train.runs")).add(list);
    }

    Node node() {
        return section;
    }

    private static void choose(TrainViewModel viewModel, ListView<RunRow> list) {
        Optional.ofNullable(list.getSelectionModel().getSelectedItem())
                .ifPresent(row -> viewModel.selectedProperty().set(Optional.of(row.run())));
    }

    /// Selects the run that is watched, whoever chose it.
    private static void mark(TrainViewModel viewModel, ListView<RunRow> list) {
        viewModel.runs().stream()
                .filter(row -> Optional.of(row.run())
                        .equals(viewModel.selectedProperty().get()))
                .findFirst()
                .ifPresent(list.getSelectionModel()::select);
    }

    private final class Cell extends ListCell<RunRow> {

        private final Label name = new Label();
        private final Label state = new Label();
        private final Tooltip whole = new Tooltip();

        Cell() {
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            state.getStyleClass().add(Css.MUTED);
            setPrefWidth(0);
            VBox words = new VBox(name, state);
            words.setPadding(new Insets(4, Css.GAP, 4, Css.GAP));
            words.setVisible(false);
            setGraphic(words);
            whole.textProperty().bind(Bindings.concat(name.textProperty(), "\n", state.textProperty()));
        }

        @Override
        protected void updateItem(@Nullable RunRow row, boolean empty) {
            super.updateItem(row, empty);
            getGraphic().setVisible(row != null && !empty);
            setTooltip(row != null && !empty ? whole : null);
            if (row != null && !empty) {
                name.setText(row.run().name());
                String progress = row.status().maxIters() > 0
                        ? "   "
                                + texts.get(
                                        "train.figure.iter",
                                        row.status().iter(),
                                        row.status().maxIters())
                        : "";
                state.setText(texts.get(row.status().state().textKey()) + progress);
            }
        }
    }
}
