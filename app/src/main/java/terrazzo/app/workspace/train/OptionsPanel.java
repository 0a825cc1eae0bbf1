package terrazzo.app.workspace.train;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.app.view.Section;

/// Which config, and its options that people change.
final class OptionsPanel {

    private final TrainViewModel viewModel;
    private final Texts texts;
    private final Section section;

    OptionsPanel(TrainViewModel viewModel, Texts texts, ButtonBase open) {
        this.viewModel = viewModel;
        this.texts = texts;
        this.section = new Section(texts.bind("train.new")).head(open).add(config(), name());
        section.add(pair(Field.DATA_ROOT, Field.CLASSES, 70), pair(Field.CROP, Field.BATCH, 50));
        section.add(pair(Field.ITERATIONS, Field.RATE, 50), field(Field.LOAD_FROM));
        section.add(problem());
    }

    Node node() {
        return section;
    }

    private Node config() {
        ComboBox<String> box = new ComboBox<>();
        box.setId("train-config");
        box.setMaxWidth(Double.MAX_VALUE);
        box.setItems(viewModel.packed());
        box.setValue(viewModel.configNameProperty().get());
        viewModel.configNameProperty().addListener((_, _, now) -> box.setValue(now));
        box.valueProperty().addListener((_, _, now) -> {
            if (now != null && !now.equals(viewModel.configNameProperty().get())) {
                viewModel.choose(now);
            }
        });
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(box.valueProperty()); // the names are longer than the box
        box.setTooltip(whole);
        return labelled("train.config", box);
    }

    private Node name() {
        TextField name = new TextField();
        name.setId("train-name");
        name.textProperty().bindBidirectional(viewModel.runNameProperty());
        return labelled("train.name", name);
    }

    /// @param percent of the width for the left one
    private Node pair(Field left, Field right, int percent) {
        GridPane grid = new GridPane(Css.GAP, 0);
        for (int share : new int[] {percent, 100 - percent}) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(share);
            grid.getColumnConstraints().add(column);
        }
        grid.add(field(left), 0, 0);
        grid.add(field(right), 1, 0);
        return grid;
    }

    /// What is typed counts when Enter is pressed or the field is left.
    private Node field(Field field) {
        TextField input = new TextField();
        input.setId(field.id());
        input.promptTextProperty().bind(texts.bind(field.textKey() + ".prompt"));
        viewModel.fieldProperty(field).addListener((_, _, now) -> input.setText(now));
        input.setText(viewModel.fieldProperty(field).get());
        input.setOnAction(_ -> viewModel.set(field, input.getText()));
        input.focusedProperty().addListener((_, _, focused) -> {
            if (!focused) {
                viewModel.set(field, input.getText());
            }
        });
        return labelled(field.textKey(), input);
    }

    private Node problem() {
        Label problem = new Label();
        problem.setWrapText(true);
        problem.getStyleClass().add("failure-text");
        problem.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> viewModel
                                .problemProperty()
                                .get()
                                .map(p -> p.text(texts))
                                .orElse(""),
                        viewModel.problemProperty(),
                        texts.languageProperty()));
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        return problem;
    }

    private Node labelled(String key, Node control) {
        Label name = new Label();
        name.getStyleClass().add(Css.MUTED);
        name.textProperty().bind(texts.bind(key));
        name.setLabelFor(control);
        control.accessibleTextProperty().bind(texts.bind(key));
        return new VBox(2, name, control);
    }
}
