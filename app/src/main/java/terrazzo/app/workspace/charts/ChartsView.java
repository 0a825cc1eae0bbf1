package terrazzo.app.workspace.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.NumberBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.action.ActionControls;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.l10n.Texts;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.view.Css;
import terrazzo.app.view.EmptyState;
import terrazzo.app.view.GradualItems;
import terrazzo.app.view.Section;
import terrazzo.app.view.SliderRow;
import terrazzo.app.view.WorkspaceBar;
import terrazzo.app.workspace.charts.ChartsViewModel.Bare;
import terrazzo.train.figure.Look;
import terrazzo.train.logs.XAxis;

/// The workspace as it is seen: bar, charts, and at the right axes, runs and keys.
final class ChartsView extends BorderPane {

    private static final double INSPECTOR = 304;
    private static final double USUAL_SMOOTHING = 0.6;

    /// With less than this above its rows a list shows a scroll bar, px.
    private static final double LIST_EDGES = 2;

    private final ChartsViewModel viewModel;
    private final ChartsActions actions;
    private final ChartLink link;
    private final Texts texts;
    private final ActionControls controls;
    private final ChartGrid grid = new ChartGrid();
    private final List<ChartCard> cards = new ArrayList<>();

    ChartsView(ChartsViewModel viewModel, ChartsActions actions, ChartLink link, StudioServices services) {
        this.viewModel = viewModel;
        this.actions = actions;
        this.link = link;
        this.texts = services.texts();
        this.controls = new ActionControls(texts);
        getStyleClass().add("charts");
        setTop(bar());
        setCenter(stage());
        setRight(inspector());
        bind();
    }

    void dispose() {
        cards.forEach(card -> card.chart().dispose());
    }

    /// The colours of the charts.
    Look look() {
        return cards.isEmpty() ? Look.LIGHT : cards.getFirst().chart().look();
    }

    private Node bar() {
        Label title = new Label();
        title.textProperty().bind(texts.bind("workspace.charts"));
        Label count = new Label();
        count.getStyleClass().add(Css.MUTED);
        count.setMinWidth(0);
        count.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> viewModel.runs().isEmpty()
                                ? ""
                                : texts.get("charts.count", viewModel.runs().size()),
                        viewModel.runs(),
                        texts.languageProperty()));
        ButtonBase open = controls.button(actions.open());
        open.getStyleClass().add("accent");
        open.setMinWidth(Region.USE_PREF_SIZE);
        ButtonBase live = controls.button(actions.live());
        live.setMinWidth(Region.USE_PREF_SIZE);
        return new WorkspaceBar(title)
                .left(count)
                .right(
                        exportMenu(),
                        live,
                        controls.iconButton(actions.table()),
                        controls.iconButton(actions.fit()),
                        open);
    }

    private MenuButton exportMenu() {
        MenuButton button = new MenuButton(null, new FontIcon(Feather.DOWNLOAD));
        button.setId("charts-export");
        button.textProperty().bind(texts.bind("charts.export"));
        button.setMinWidth(Region.USE_PREF_SIZE);
        for (ActionSpec export : actions.exports()) {
            if (export.equals(actions.exports().getLast())) {
                button.getItems().add(new SeparatorMenuItem()); // how, after what
            }
            var item = controls.menuItem(export);
            item.setAccelerator(null); // the scene must not handle keys a second time
            button.getItems().add(item);
        }
        return button;
    }

    private Node stage() {
        ScrollPane scroll = new ScrollPane(grid);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("chart-scroll");
        scroll.viewportBoundsProperty().addListener((_, _, now) -> grid.setViewHeight(now.getHeight()));
        scroll.visibleProperty().bind(Bindings.isNotEmpty(viewModel.runs()));
        ButtonBase folder = controls.button(actions.open());
        folder.getStyleClass().add("accent");
        folder.setId("charts-empty-open");
        ButtonBase files = controls.button(actions.openFiles());
        files.setId("charts-empty-files");
        HBox buttons = new HBox(Css.GAP, folder, files);
        buttons.getStyleClass().add("empty-actions");
        buttons.setAlignment(Pos.CENTER);
        EmptyState empty = new EmptyState(
                Feather.TRENDING_UP, texts.bind("charts.empty"), texts.bind("charts.empty.hint"), buttons);
        empty.visibleProperty().bind(scroll.visibleProperty().not());
        StackPane stage = new StackPane(scroll, empty, bare());
        stage.getStyleClass().add("stage");
        stage.setMinSize(0, 0);
        return stage;
    }

    /// What stands where runs are open and no chart is.
    private Node bare() {
        EmptyState bare = new EmptyState(Feather.TRENDING_UP, bareWord("charts.bare"), bareWord("charts.bare.hint"));
        bare.visibleProperty().bind(viewModel.bareProperty().isNotEqualTo(Bare.NOT));
        return bare;
    }

    private StringBinding bareWord(String key) {
        return Bindings.createStringBinding(
                () -> bareWord(key, viewModel.bareProperty().get()),
                viewModel.bareProperty(),
                texts.languageProperty());
    }

    private String bareWord(String key, Bare why) {
        return why == Bare.NOT ? "" : texts.get(key + "." + why.name().toLowerCase(Locale.ROOT));
    }

    private Node inspector() {
        VBox panel = new VBox(axes(), runs(), keys());
        panel.getStyleClass().add(Css.PANEL);
        panel.setPrefWidth(INSPECTOR);
        panel.setMinWidth(INSPECTOR);
        return panel;
    }

    private Section axes() {
        ComboBox<XAxis> x = new ComboBox<>();
        x.setId("charts-x");
        x.getItems().setAll(XAxis.values());
        x.setMaxWidth(Double.MAX_VALUE);
        x.setConverter(new Words());
        x.valueProperty().bindBidirectional(viewModel.xProperty());
        texts.languageProperty().addListener(_ -> {
            x.setConverter(new Words());
            x.setButtonCell(new WordsCell());
        });
        HBox.setHgrow(x, Priority.ALWAYS);
        Label name = new Label();
        name.textProperty().bind(texts.bind("charts.x"));
        name.setMinWidth(Region.USE_PREF_SIZE);
        name.setLabelFor(x);
        HBox row = new HBox(Css.GAP, name, x);
        row.setAlignment(Pos.CENTER_LEFT);
        FlowPane switches = new FlowPane(
                Css.GROUP,
                Css.GAP,
                check("charts-log-x", "action.charts.logX", viewModel.logXProperty()),
                check("charts-log-y", "action.charts.logY", viewModel.logYProperty()),
                check("charts-clip", "action.charts.clip", viewModel.clippedProperty()));
        return new Section(texts.bind("charts.axes"))
                .add(
                        row,
                        switches,
                        new SliderRow(
                                "smoothing",
                                texts.bind("charts.smoothing"),
                                viewModel.smoothingProperty(),
                                USUAL_SMOOTHING));
    }

    private Section runs() {
        ListView<RunRow> list = new ListView<>();
        list.setId("runs");
        list.getStyleClass().add("class-list");
        list.setFixedCellSize(42);
        list.setCellFactory(RunCell.of(viewModel, texts));
        GradualItems.show(viewModel.runs(), list);
        list.setPlaceholder(muted("charts.runs.none"));
        hug(list, viewModel.runs(), 3);
        ComboBox<String> group = new ComboBox<>();
        group.setId("charts-group");
        group.setMaxWidth(Double.MAX_VALUE);
        viewModel.differences().addListener((javafx.beans.Observable _) -> fillGroups(group));
        fillGroups(group);
        group.setConverter(new GroupWords());
        texts.languageProperty().addListener(_ -> {
            group.setConverter(new GroupWords());
            group.setButtonCell(new GroupCell());
        });
        group.setButtonCell(new GroupCell());
        group.valueProperty().bindBidirectional(viewModel.groupProperty());
        group.disableProperty().bind(Bindings.isEmpty(viewModel.differences()));
        Label name = new Label();
        name.textProperty().bind(texts.bind("charts.group"));
        name.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(group, Priority.ALWAYS);
        HBox groupRow = new HBox(Css.GAP, name, group);
        groupRow.getStyleClass().add("padded-row");
        groupRow.setAlignment(Pos.CENTER_LEFT);
        Section section = new Section(texts.bind("charts.runs"))
                .head(controls.iconButton(actions.clear()))
                .add(groupRow, list);
        section.getStyleClass().addAll("class-section", "run-section");
        section.setMaxHeight(Region.USE_PREF_SIZE);
        VBox.setVgrow(section, Priority.ALWAYS);
        return section;
    }

    private void fillGroups(ComboBox<String> group) {
        List<String> groups = new ArrayList<>(List.of(""));
        groups.addAll(viewModel.differences());
        if (!groups.contains(viewModel.groupProperty().get())) {
            viewModel.groupProperty().set("");
        }
        group.getItems().setAll(groups);
    }

    private Section keys() {
        ListView<KeyRow> list = new ListView<>(viewModel.keys());
        list.setId("keys");
        list.getStyleClass().add("class-list");
        list.setFixedCellSize(28);
        list.setCellFactory(_ -> new KeyCell());
        list.setPlaceholder(muted("charts.keys.none"));
        hug(list, viewModel.keys(), 5);
        Section section = new Section(texts.bind("charts.keys")).add(list);
        section.getStyleClass().addAll("class-section", "key-section");
        section.setMaxHeight(Region.USE_PREF_SIZE);
        VBox.setVgrow(section, Priority.ALWAYS);
        return section;
    }

    /// Lets a list be as high as its rows where there is room, so that the rest of the panel is the other list's.
    ///
    /// @param few rows that stay in sight whatever the other list has
    private static void hug(ListView<?> list, ObservableList<?> rows, int few) {
        NumberBinding count = Bindings.max(1, Bindings.size(rows)); // one for the placeholder
        list.prefHeightProperty().bind(count.multiply(list.getFixedCellSize()).add(LIST_EDGES));
        list.minHeightProperty()
                .bind(Bindings.min(few, count).multiply(list.getFixedCellSize()).add(LIST_EDGES));
        VBox.setVgrow(list, Priority.ALWAYS);
    }

    private Label muted(String key) {
        Label label = new Label();
        label.setWrapText(true);
        label.getStyleClass().add(Css.MUTED);
        label.textProperty().bind(texts.bind(key));
        return label;
    }

    private CheckBox check(String id, String key, BooleanProperty property) {
        CheckBox box = new CheckBox();
        box.setId(id);
        box.textProperty().bind(texts.bind(key));
        box.selectedProperty().bindBidirectional(property);
        return box;
    }

    private void bind() {
        viewModel.panelsProperty().addListener((_, _, now) -> show(now));
        viewModel
                .tableProperty()
                .addListener(_ -> show(viewModel.panelsProperty().get()));
        link.nameProperty()
                .bind(Bindings.createStringBinding(
                        () -> word(viewModel.xProperty().get()), viewModel.xProperty(), texts.languageProperty()));
        texts.languageProperty().addListener(_ -> {
            viewModel.name();
            show(viewModel.panelsProperty().get());
        });
        viewModel.xProperty().addListener(_ -> link.showAll());
        viewModel.logXProperty().addListener(_ -> link.showAll());
        show(viewModel.panelsProperty().get());
    }

    private void show(List<Panel> panels) {
        while (cards.size() > panels.size()) {
            ChartCard last = cards.removeLast();
            last.chart().dispose();
            grid.getChildren().remove(last);
        }
        while (cards.size() < panels.size()) {
            ChartCard card = new ChartCard(link, texts, viewModel.tableProperty());
            cards.add(card);
            grid.getChildren().add(card);
        }
        for (int i = 0; i < panels.size(); i++) {
            cards.get(i).show(panels.get(i));
        }
    }

    private String word(@Nullable XAxis axis) {
        return axis == null ? "" : texts.get("charts.x." + axis.name().toLowerCase(Locale.ROOT));
    }

    /// The axes in the user's words.
    private final class Words extends StringConverter<XAxis> {

        @Override
        public String toString(@Nullable XAxis axis) {
            return word(axis);
        }

        @Override
        public XAxis fromString(String text) {
            return XAxis.ITERATION; // the box can't be typed into
        }
    }

    /// The chosen axis, written anew when the language changes.
    private final class WordsCell extends ListCell<XAxis> {

        @Override
        protected void updateItem(@Nullable XAxis axis, boolean isEmpty) {
            super.updateItem(axis, isEmpty);
            setText(isEmpty ? "" : word(axis));
        }
    }

    /// The settings that runs can be grouped by.
    private final class GroupWords extends StringConverter<String> {

        @Override
        public String toString(@Nullable String path) {
            return groupWord(path);
        }

        @Override
        public String fromString(String text) {
            return text;
        }
    }

    private String groupWord(@Nullable String path) {
        return path == null || path.isEmpty() ? texts.get("charts.group.none") : path;
    }

    /// The chosen setting, written anew when the language changes.
    private final class GroupCell extends ListCell<String> {

        GroupCell() {
            setTextOverrun(OverrunStyle.LEADING_ELLIPSIS); // settings of one part differ at their ends
        }

        @Override
        protected void updateItem(@Nullable String path, boolean isEmpty) {
            super.updateItem(path, isEmpty);
            setText(groupWord(path));
        }
    }

    /// One key with a box for whether it has a chart.
    private final class KeyCell extends ListCell<KeyRow> {

        private final CheckBox box = new CheckBox();

        KeyCell() {
            box.setMnemonicParsing(false);
            box.setOnAction(_ -> {
                KeyRow item = getItem();
                if (item != null) {
                    viewModel.toggle(item);
                }
            });
        }

        @Override
        protected void updateItem(@Nullable KeyRow item, boolean isEmpty) {
            super.updateItem(item, isEmpty);
            if (isEmpty || item == null) {
                setGraphic(null);
                return;
            }
            box.setText(item.key());
            box.setId("key-" + item.key());
            box.setSelected(item.shown().get());
            setGraphic(box);
        }
    }
}
