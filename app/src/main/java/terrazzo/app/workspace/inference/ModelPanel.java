package terrazzo.app.workspace.inference;

import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.action.ActionControls;
import terrazzo.app.l10n.Texts;
import terrazzo.app.segment.ModelSource;
import terrazzo.app.view.Css;
import terrazzo.app.view.Section;
import terrazzo.app.view.Tips;

/// Which model runs, on what and how.
final class ModelPanel {

    private final Texts texts;
    private final InferenceViewModel viewModel;
    private final PublishedChooser published;
    private final Section section;

    ModelPanel(InferenceViewModel viewModel, InferenceActions actions, Texts texts) {
        this.texts = texts;
        this.viewModel = viewModel;
        this.published = new PublishedChooser(viewModel.model(), actions::checkpoint, texts);
        ButtonBase open = new ActionControls(texts).iconButton(actions.openModel());
        this.section = new Section(texts.bind("inference.model"))
                .head(catalogue(), open)
                .add(name(), choices());
    }

    Node node() {
        return section;
    }

    private Node name() {
        Label name = new Label();
        name.setId("model-name");
        name.getStyleClass().add("task-name");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> viewModel
                                .model()
                                .sourceProperty()
                                .get()
                                .map(this::nameOf)
                                .orElseGet(() -> texts.get("inference.model.none")),
                        viewModel.model().sourceProperty(),
                        texts.languageProperty()));
        Tips.whole(name);
        Label state = new Label();
        state.getStyleClass().add(Css.MUTED);
        state.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        state.textProperty()
                .bind(Bindings.createStringBinding(
                        this::state,
                        viewModel.model().sourceProperty(),
                        viewModel.model().cardProperty(),
                        viewModel.display().resultProperty(),
                        texts.languageProperty()));
        Tips.whole(state);
        return new VBox(2, name, state);
    }

    private String nameOf(ModelSource source) {
        return source.isBuiltIn() ? texts.get("inference.model.builtin") : source.name();
    }

    /// What there is to say below the model's name: how to get one, or its classes and speed.
    private String state() {
        if (viewModel.model().sourceProperty().get().isEmpty()) {
            return texts.get("inference.model.hint");
        }
        Optional<String> classes = viewModel
                .model()
                .cardProperty()
                .get()
                .map(card -> texts.get("inference.model.classes", card.classes().size()));
        Optional<String> time = viewModel
                .display()
                .resultProperty()
                .get()
                .filter(r -> r.seconds() > 0) // else it is still at work
                .map(r -> texts.get("inference.model.time", Math.round(r.seconds() * 1000)));
        return classes.map(c -> c + time.map(t -> " · " + t).orElse(""))
                .orElseGet(() -> texts.get("inference.model.ready"));
    }

    private Node catalogue() {
        MenuButton menu = new MenuButton(null, new FontIcon(Feather.LIST));
        menu.setId("model-catalogue");
        menu.getStyleClass().addAll("button-icon", "flat", "no-arrow");
        menu.accessibleTextProperty().bind(texts.bind("inference.model.catalogue"));
        menu.setTooltip(Tips.of(texts.bind("inference.model.catalogue")));
        menu.setOnShowing(_ -> fill(menu)); // models come while the studio runs
        fill(menu);
        return menu;
    }

    private void fill(MenuButton menu) {
        menu.getItems().clear();
        for (ModelSource model : viewModel.model().catalogue()) {
            MenuItem item = new MenuItem(nameOf(model));
            item.setOnAction(_ -> viewModel.model().open(model));
            menu.getItems().add(item);
        }
        MenuItem more = new MenuItem(texts.get("inference.published"));
        more.setOnAction(_ -> published.show(menu));
        menu.getItems().addAll(new SeparatorMenuItem(), more);
    }

    private Node choices() {
        HBox row = new HBox(
                Css.GAP,
                choice("device", viewModel.model().devices(), viewModel.model().deviceProperty()),
                choice(
                        "precision",
                        viewModel.model().precisions(),
                        viewModel.model().precisionProperty()));
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    /// Shows `auto` in the user's language; all other values are names.
    private final class Choice extends ListCell<String> {

        private final String autoKey;

        Choice(String id) {
            autoKey = "inference." + id + ".auto";
        }

        @Override
        protected void updateItem(@Nullable String value, boolean empty) {
            super.updateItem(value, empty);
            textProperty().unbind();
            if ("auto".equals(value)) {
                textProperty().bind(texts.bind(autoKey));
            } else {
                setText(value);
            }
        }
    }

    private Node choice(String id, List<String> values, StringProperty value) {
        ComboBox<String> box = new ComboBox<>();
        box.setId(id);
        box.getItems().setAll(values);
        box.setButtonCell(new Choice(id));
        box.setCellFactory(_ -> new Choice(id));
        box.valueProperty().bindBidirectional(value);
        box.setMaxWidth(Double.MAX_VALUE);
        box.accessibleTextProperty().bind(texts.bind("inference." + id));
        Label name = new Label();
        name.getStyleClass().add(Css.MUTED);
        name.textProperty().bind(texts.bind("inference." + id));
        VBox field = new VBox(2, name, box);
        HBox.setHgrow(field, Priority.ALWAYS);
        field.setPrefWidth(1);
        return field;
    }
}
