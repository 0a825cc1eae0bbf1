package terrazzo.app.workspace.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Separator;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import terrazzo.app.action.ActionControls;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.canvas.LabelLayer;
import terrazzo.app.canvas.LabelStyle;
import terrazzo.app.canvas.SegCanvas;
import terrazzo.app.canvas.TileCache;
import terrazzo.app.canvas.TiledLabels;
import terrazzo.app.canvas.Viewport;
import terrazzo.app.l10n.Texts;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.task.TaskService.Lane;
import terrazzo.app.view.Css;
import terrazzo.app.view.EmptyState;
import terrazzo.app.view.GradualItems;
import terrazzo.app.view.Section;
import terrazzo.app.view.SliderRow;
import terrazzo.app.view.Tips;
import terrazzo.app.view.WorkspaceBar;

/// The workspace as it is seen: bar, canvas, inspector, filmstrip or transport.
final class InferenceView extends BorderPane {

    private static final double INSPECTOR = 304;

    private final InferenceViewModel viewModel;
    private final InferenceActions actions;
    private final Texts texts;
    private final ActionControls controls;
    private final SegCanvas canvas;
    private final HBox toolButtons = new HBox(Css.GAP);
    private final Executor loader;
    private Optional<LabelLayer> labels = Optional.empty();

    InferenceView(InferenceViewModel viewModel, InferenceActions actions, Viewport viewport, StudioServices services) {
        this.viewModel = viewModel;
        this.actions = actions;
        this.texts = services.texts();
        this.controls = new ActionControls(texts);
        this.canvas = new SegCanvas(viewport);
        this.loader = services.tasks().executor(Lane.TILES);
        toolButtons.setAlignment(Pos.CENTER);
        getStyleClass().add("inference");
        setTop(bar());
        Node below = new VBox(
                new TransportBar(viewModel, actions, texts),
                new Filmstrip(
                        viewModel, new Thumbnails(services, Screen.getPrimary().getOutputScaleX())));
        setCenter(new BorderPane(stage(), null, null, below, null)); // the classes have the whole height
        setRight(inspector());
        bind();
    }

    /// For the tests, which read its pixels.
    SegCanvas canvas() {
        return canvas;
    }

    /// Offers the plugins' tools and gives the canvas the chosen one.
    void use(ToolChoice tools) {
        tools.actions().forEach(a -> toolButtons.getChildren().add(controls.iconButton(a)));
        toolButtons.setManaged(!toolButtons.getChildren().isEmpty());
        HoverTool hover = new HoverTool(viewModel);
        canvas.setTool(tools.tool(hover));
        tools.chosenProperty().addListener(_ -> canvas.setTool(tools.tool(hover)));
    }

    void dispose() {
        canvas.dispose();
    }

    private Node bar() {
        Label title = new Label();
        title.textProperty().bind(texts.bind("workspace.inference"));
        Label name = new Label();
        name.setId("picture-name");
        name.getStyleClass().add(Css.MUTED);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setMinWidth(0);
        name.textProperty()
                .bind(Bindings.createStringBinding(
                        this::pictureName, viewModel.display().pictureProperty()));
        Tips.whole(name);
        ButtonBase run = controls.button(actions.run());
        run.getStyleClass().add("accent");
        run.setMinWidth(Region.USE_PREF_SIZE);
        ButtonBase live = controls.button(actions.live());
        live.setMinWidth(Region.USE_PREF_SIZE);
        Separator line = new Separator(Orientation.VERTICAL);
        line.setMaxHeight(20);
        return new WorkspaceBar(title)
                .left(name, position())
                .right(
                        toolButtons,
                        openMenu(),
                        menu("export-menu", "inference.export.menu", Feather.DOWNLOAD, actions.exports()),
                        live,
                        run,
                        line,
                        controls.iconButton(actions.hide()),
                        controls.iconButton(actions.fit()),
                        controls.iconButton(actions.inspector()));
    }

    /// `13 / 40` in a folder.
    private Node position() {
        OpenFiles files = viewModel.files();
        Label position = new Label();
        position.setId("picture-position");
        position.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        position.setMinWidth(Region.USE_PREF_SIZE);
        position.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> files.folder().size() < 2
                                ? ""
                                : "%,d / %,d"
                                        .formatted(
                                                files.positionProperty().get() + 1,
                                                files.folder().size()),
                        files.positionProperty(),
                        files.folder()));
        return position;
    }

    /// The ways to open something, then what was open last.
    private MenuButton openMenu() {
        MenuButton button = menu("open-menu", "inference.open.menu", Feather.FOLDER, actions.opens());
        int fixed = button.getItems().size();
        button.setOnShowing(_ -> {
            List<String> recent = viewModel.files().recentProperty().get().paths();
            button.getItems().remove(fixed, button.getItems().size());
            if (!recent.isEmpty()) {
                button.getItems().add(new SeparatorMenuItem());
            }
            for (String path : recent) {
                MenuItem item = new MenuItem(
                        Path.of(path).getFileName() + "   " + Path.of(path).getParent());
                item.setMnemonicParsing(false);
                item.setOnAction(_ -> viewModel.open(List.of(Path.of(path))));
                button.getItems().add(item);
            }
        });
        return button;
    }

    private MenuButton menu(String id, String key, Feather icon, List<ActionSpec> items) {
        MenuButton button = new MenuButton(null, new FontIcon(icon));
        button.setId(id);
        button.textProperty().bind(texts.bind(key));
        button.setMinWidth(Region.USE_PREF_SIZE);
        items.forEach(action -> {
            var item = controls.menuItem(action);
            item.setAccelerator(null); // the scene must not handle keys a second time
            button.getItems().add(item);
        });
        return button;
    }

    private Node stage() {
        StringProperty unreadable = viewModel.display().unreadableProperty();
        var title = Bindings.createStringBinding(
                () -> unreadable.get().isEmpty()
                        ? texts.get("inference.empty")
                        : texts.get("inference.unreadable", unreadable.get()),
                unreadable,
                texts.languageProperty());
        var hint = Bindings.when(unreadable.isEmpty())
                .then(texts.bind("inference.empty.hint"))
                .otherwise(texts.bind("inference.unreadable.hint"));
        EmptyState empty = new EmptyState(Feather.IMAGE, title, hint, emptyButtons());
        empty.setId("empty");
        empty.visibleProperty().bind(viewModel.display().hasPicture().not());
        ProgressIndicator busy = new ProgressIndicator();
        busy.getStyleClass().add("busy");
        busy.setMaxSize(22, 22);
        busy.visibleProperty().bind(viewModel.modelRun().runningProperty());
        StackPane.setAlignment(busy, Pos.TOP_RIGHT);
        StackPane stage = new StackPane(canvas, empty, dropHint(), busy);
        stage.getStyleClass().add("stage");
        stage.setMinSize(0, 0);
        return stage;
    }

    /// Over the scenes of the first start: how to get one's own pictures in.
    private Node dropHint() {
        Label hint = new Label();
        hint.setId("drop-hint");
        hint.getStyleClass().add("drop-hint");
        hint.textProperty().bind(texts.bind("inference.empty"));
        hint.setMouseTransparent(true);
        hint.visibleProperty().bind(viewModel.files().areScenes());
        StackPane.setAlignment(hint, Pos.BOTTOM_CENTER);
        StackPane.setMargin(hint, new Insets(Css.PANEL_INSET));
        return hint;
    }

    private Node emptyButtons() {
        ButtonBase image = controls.button(actions.openImage());
        image.getStyleClass().add("accent");
        image.setId("empty-open");
        ButtonBase folder = controls.button(actions.openFolder());
        folder.setId("empty-folder");
        HBox buttons = new HBox(Css.GAP, image, folder);
        buttons.getStyleClass().add("empty-actions");
        buttons.setAlignment(Pos.CENTER);
        return buttons;
    }

    private Node inspector() {
        ClassesModel classes = viewModel.classes();
        Section overlay = new Section(texts.bind("inference.overlay"))
                .add(
                        new SliderRow(
                                "opacity",
                                texts.bind("inference.opacity"),
                                classes.opacityProperty(),
                                ClassesModel.OPACITY),
                        new SliderRow(
                                "confidence", texts.bind("inference.confidence"), classes.minConfidenceProperty(), 0));
        VBox panel = new VBox(new ModelPanel(viewModel, actions, texts).node(), overlay, classList());
        panel.getStyleClass().add(Css.PANEL);
        panel.setPrefWidth(INSPECTOR);
        panel.setMinWidth(INSPECTOR);
        panel.visibleProperty().bind(viewModel.inspectorProperty());
        panel.managedProperty().bind(panel.visibleProperty());
        return panel;
    }

    private Section classList() {
        ClassesModel classes = viewModel.classes();
        ListView<ClassRow> list = new ListView<>();
        list.setId("classes");
        list.getStyleClass().add("class-list");
        list.setFixedCellSize(32);
        list.setCellFactory(ClassCell.of(texts, classes));
        GradualItems.show(classes.rows(), list);
        list.accessibleTextProperty().bind(texts.bind("inference.classes"));
        list.addEventHandler(KeyEvent.KEY_PRESSED, e -> onKey(e, list));
        Label none = new Label();
        none.setWrapText(true);
        none.getStyleClass().add(Css.MUTED);
        none.textProperty().bind(texts.bind("inference.classes.none"));
        list.setPlaceholder(none);
        VBox.setVgrow(list, Priority.ALWAYS);
        Section section = new Section(texts.bind("inference.classes"))
                .head(
                        controls.iconButton(actions.byArea()),
                        controls.iconButton(actions.showAll()),
                        controls.iconButton(actions.loadPalette()),
                        controls.iconButton(actions.savePalette()),
                        controls.iconButton(actions.resetPalette()))
                .add(list);
        section.getStyleClass().add("class-section");
        VBox.setVgrow(section, Priority.ALWAYS);
        return section;
    }

    /// Rows are reached by arrows; their buttons by keys of their own.
    private void onKey(KeyEvent event, ListView<ClassRow> list) {
        ClassRow row = list.getSelectionModel().getSelectedItem();
        if (row == null || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        boolean isMine = true;
        switch (event.getCode()) {
            case F2 -> cell(list, row).ifPresent(ClassCell::startRenaming);
            case SPACE -> viewModel.classes().toggleVisible(row);
            case ENTER -> viewModel.classes().toggleSolo(row);
            default -> isMine = false;
        }
        if (isMine) {
            event.consume();
        }
    }

    private static Optional<ClassCell> cell(ListView<ClassRow> list, ClassRow row) {
        return list.lookupAll(".list-cell").stream()
                .filter(ClassCell.class::isInstance)
                .map(ClassCell.class::cast)
                .filter(c -> row.equals(c.getItem()))
                .findFirst();
    }

    private void bind() {
        viewModel.display().pictureProperty().addListener((_, before, now) -> {
            canvas.setImage(now.map(this::cache).orElse(null));
            if (before.isEmpty()) {
                canvas.requestFocus(); // so that keys work without a click
            }
        });
        viewModel.display().resultProperty().addListener((_, _, now) -> show(now));
        viewModel.classes().styleProperty().addListener((_, _, now) -> restyle(now));
        viewModel.large().revisionProperty().addListener(_ -> refresh());
        viewModel.display().pictureProperty().get().ifPresent(p -> canvas.setImage(cache(p)));
        show(viewModel.display().resultProperty().get());
    }

    private void show(Optional<Result> result) {
        labels = result.map(r ->
                new LabelLayer(r.pyramid(), viewModel.classes().styleProperty().get()));
        canvas.setLayers(labels.stream().toList());
    }

    /// The tiles of a picture; those on disk are read beside the UI thread.
    private TileCache cache(Picture picture) {
        return new TileCache(picture.pixels(), loader, TileCache.DEFAULT_BYTES);
    }

    /// More of a large image or of its labels is there.
    private void refresh() {
        labels.ifPresent(layer -> {
            if (layer.map() instanceof TiledLabels tiled) {
                tiled.refresh();
            }
        });
        canvas.refresh();
    }

    private void restyle(LabelStyle style) {
        labels.ifPresent(layer -> {
            layer.setStyle(style);
            canvas.repaint();
        });
    }

    private String pictureName() {
        return viewModel.display().pictureProperty().get().map(Picture::name).orElse("");
    }
}
