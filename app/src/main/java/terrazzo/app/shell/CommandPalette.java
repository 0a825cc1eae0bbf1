package terrazzo.app.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.action.ActionControls;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.app.view.GradualItems;

/// Type a few letters of anything that can be done, press Enter.
final class CommandPalette extends VBox {

    private static final int SHOWN = 60;
    private static final double ROW = 36;

    private final Texts texts;
    private final Supplier<List<ActionSpec>> actions;
    private final Runnable close;
    private final TextField query = new TextField();
    private final ListView<ActionSpec> found = new ListView<>();
    private final ObservableList<ActionSpec> hits = FXCollections.observableArrayList();

    CommandPalette(Texts texts, Supplier<List<ActionSpec>> actions, Runnable close) {
        this.texts = texts;
        this.actions = actions;
        this.close = close;
        getStyleClass().addAll(Css.CARD, Css.PALETTE);
        setMaxSize(600, Region.USE_PREF_SIZE);
        query.setId("palette-query");
        query.promptTextProperty().bind(texts.bind("palette.prompt"));
        query.textProperty().addListener(_ -> search());
        found.setId("palette-list");
        found.setFixedCellSize(ROW);
        found.setFocusTraversable(false);
        found.setCellFactory(_ -> new Row());
        GradualItems.show(hits, found);
        found.setOnMouseClicked(_ -> choose());
        Label empty = new Label();
        empty.getStyleClass().add(Css.MUTED);
        empty.textProperty().bind(texts.bind("palette.nothing"));
        found.setPlaceholder(empty);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        getChildren().addAll(query, found);
    }

    /// Gets ready to be shown.
    void reset() {
        query.clear();
        search();
        query.requestFocus();
    }

    private void search() {
        record Hit(ActionSpec action, int score) {}
        String wanted = query.getText();
        Stream<Hit> matches = actions.get().stream()
                .filter(ActionSpec::isEnabled)
                .map(a -> new Hit(a, FuzzyMatch.score(wanted, path(a))))
                .filter(h -> h.score != FuzzyMatch.NONE);
        if (!wanted.isBlank()) {
            matches = matches.sorted(Comparator.comparingInt(Hit::score).reversed());
        }
        hits.setAll(matches.limit(SHOWN).map(Hit::action).toList());
        found.getSelectionModel().selectFirst();
        found.setPrefHeight(ROW * (hits.isEmpty() ? 2 : Math.min(hits.size(), 10)) + 2);
        found.scrollTo(0);
    }

    private void key(KeyEvent event) {
        int at = found.getSelectionModel().getSelectedIndex();
        int count = hits.size();
        KeyCode code = event.getCode();
        if (code == KeyCode.DOWN || code == KeyCode.UP) {
            if (count > 0) {
                int next = Math.floorMod(at + (code == KeyCode.DOWN ? 1 : -1), count);
                found.getSelectionModel().select(next);
                found.scrollTo(Math.max(0, next - 5));
            }
            event.consume();
        } else if (code == KeyCode.ENTER) {
            choose();
            event.consume();
        } else if (code == KeyCode.ESCAPE) {
            close.run();
            event.consume();
        }
    }

    private void choose() {
        ActionSpec action = found.getSelectionModel().getSelectedItem();
        if (action != null) {
            close.run();
            action.perform();
        }
    }

    private String path(ActionSpec action) {
        return texts.get(action.textKey());
    }

    /// Empty until it is needed; then shows one action after the other.
    private final class Row extends ListCell<ActionSpec> {

        private @Nullable Line line;

        @Override
        protected void updateItem(@Nullable ActionSpec action, boolean empty) {
            super.updateItem(action, empty);
            if (empty || action == null) {
                setGraphic(null);
                return;
            }
            Line shown = line == null ? new Line() : line;
            line = shown;
            shown.show(action);
            setGraphic(shown);
        }
    }

    /// Icon, name, group and keys of an action.
    private final class Line extends HBox {

        private final FontIcon icon = new FontIcon();
        private final Label name = new Label();
        private final Label group = new Label();
        private final Label keys = new Label();

        Line() {
            super(Css.GAP);
            group.getStyleClass().add(Css.MUTED);
            keys.getStyleClass().add(Css.KEYCAP);
            keys.managedProperty().bind(keys.visibleProperty());
            Region gap = new Region();
            setHgrow(gap, Priority.ALWAYS);
            getChildren().addAll(icon, name, group, gap, keys);
            setAlignment(Pos.CENTER_LEFT);
        }

        void show(ActionSpec action) {
            Ikon shape = action.look().icon();
            icon.setIconCode(shape == null ? Feather.CHEVRON_RIGHT : shape);
            name.setText(path(action));
            group.setText(texts.get("menu." + action.group().name().toLowerCase(Locale.ROOT)));
            KeyCombination shortcut = action.look().shortcut();
            keys.setVisible(shortcut != null);
            keys.setText(shortcut == null ? "" : ActionControls.keyText(shortcut));
        }
    }
}
