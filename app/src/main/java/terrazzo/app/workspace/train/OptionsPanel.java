package terrazzo.app.workspace.train;

import atlantafx.base.theme.Styles;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.collections.MapChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import terrazzo.app.action.ActionControls;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.app.view.Section;
import terrazzo.app.view.Tips;
import terrazzo.app.workspace.train.Draft.Fault;

/// Which config, and its options that people change.
final class OptionsPanel {

    private final TrainViewModel viewModel;
    private final Draft draft;
    private final Texts texts;
    private final ActionControls controls;
    private final Section section;

    OptionsPanel(TrainViewModel viewModel, TrainActions actions, Texts texts) {
        this.viewModel = viewModel;
        this.draft = viewModel.draft();
        this.texts = texts;
        this.controls = new ActionControls(texts);
        this.section = new Section(texts.bind("train.new")).head(controls.iconButton(actions.open()));
        section.add(config(), runName());
        section.add(file(Field.DATA_ROOT, actions.chooseData()));
        section.add(row(field(Field.CLASSES), field(Field.CROP), field(Field.BATCH)));
        section.add(row(field(Field.ITERATIONS), field(Field.RATE)));
        section.add(file(Field.LOAD_FROM, actions.chooseCheckpoint()), problem());
    }

    Node node() {
        return section;
    }

    private Node config() {
        ComboBox<String> box = new ComboBox<>();
        box.setId("train-config");
        box.setMaxWidth(Double.MAX_VALUE);
        box.setItems(viewModel.packed());
        box.setButtonCell(new NameCell());
        box.setValue(draft.nameProperty().get());
        draft.nameProperty().addListener((_, _, now) -> box.setValue(now));
        box.valueProperty().addListener((_, _, now) -> {
            if (now != null && !now.equals(draft.nameProperty().get())) {
                viewModel
                        .choose(now)
                        .onFailed(_ -> box.setValue(draft.nameProperty().get()));
            }
        });
        box.setTooltip(Tips.of(box.valueProperty())); // the names are longer than the box
        return labelled("train.config", box);
    }

    /// The ends of names tell them apart.
    private static final class NameCell extends ListCell<String> {

        NameCell() {
            setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        }

        @Override
        protected void updateItem(@Nullable String name, boolean empty) {
            super.updateItem(name, empty);
            setText(empty ? null : name);
        }
    }

    /// Of names and paths that are longer than their field the end tells more.
    private static void showEnd(TextField field) {
        InvalidationListener changed = _ -> Platform.runLater(() -> {
            if (!field.isFocused()) {
                field.home(); // what is there already scrolls nothing
                field.end();
            }
        });
        field.textProperty().addListener(changed);
        field.widthProperty().addListener(changed);
    }

    private Node runName() {
        TextField name = new TextField();
        name.setId("train-name");
        name.textProperty().bindBidirectional(viewModel.runNameProperty());
        name.setTooltip(Tips.of(name.textProperty()));
        showEnd(name);
        return labelled("train.name", name);
    }

    /// Nodes beside each other, each as wide as the others.
    private static Node row(Node... nodes) {
        GridPane grid = new GridPane(Css.GAP, 0);
        for (Node node : nodes) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / nodes.length);
            grid.add(node, grid.getColumnConstraints().size(), 0);
            grid.getColumnConstraints().add(column);
        }
        return grid;
    }

    /// What is typed counts when Enter is pressed, the field is left or the run is started.
    private TextField input(Field field) {
        TextField input = new TextField();
        input.setId(field.id());
        input.promptTextProperty().bind(texts.bind(field.textKey() + ".prompt"));
        if (field.isFile()) {
            showEnd(input);
            input.setTooltip(Tips.of(Bindings.createStringBinding(
                    () -> input.getText().isEmpty() ? texts.get(field.textKey() + ".prompt") : input.getText(),
                    input.textProperty(),
                    texts.languageProperty())));
        }
        draft.fieldProperty(field).addListener((_, _, now) -> input.setText(now));
        input.setText(draft.fieldProperty(field).get());
        input.textProperty().addListener((_, _, now) -> draft.type(field, now));
        input.setOnAction(_ -> draft.commit(field));
        input.focusedProperty().addListener((_, _, focused) -> {
            if (!focused) {
                draft.commit(field);
            }
        });
        draft.faults().addListener((MapChangeListener<Field, Fault>) change -> {
            if (change.getKey() == field) {
                input.pseudoClassStateChanged(Styles.STATE_DANGER, change.wasAdded());
                if (!change.wasAdded()) {
                    input.setText(draft.fieldProperty(field).get());
                }
            }
        });
        return input;
    }

    private Node field(Field field) {
        return labelled(field.textKey(), input(field));
    }

    /// A field of a path, with a button that asks for it.
    private Node file(Field field, ActionSpec choose) {
        TextField input = input(field);
        HBox.setHgrow(input, Priority.ALWAYS);
        return new VBox(2, name(field.textKey(), input), new HBox(4, input, controls.iconButton(choose)));
    }

    private Node problem() {
        Label problem = new Label();
        problem.setId("train-faults");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE); // rather than an ellipsis, the panel scrolls
        problem.getStyleClass().add("failure-text");
        problem.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Stream.concat(
                                        draft.faults().entrySet().stream()
                                                .map(f -> f.getValue().text(f.getKey(), texts)),
                                        draft.problemProperty().get().stream().map(p -> p.text(texts)))
                                .collect(Collectors.joining("\n")),
                        draft.problemProperty(),
                        draft.faults(),
                        texts.languageProperty()));
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        return problem;
    }

    private Node labelled(String key, Node control) {
        return new VBox(2, name(key, control), control);
    }

    /// The words above a control.
    private Label name(String key, Node control) {
        Label name = new Label();
        name.getStyleClass().add(Css.MUTED);
        name.textProperty().bind(texts.bind(key));
        name.setLabelFor(control);
        control.accessibleTextProperty().bind(texts.bind(key));
        return name;
    }
}
