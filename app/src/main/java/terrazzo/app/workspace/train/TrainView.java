package terrazzo.app.workspace.train;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import terrazzo.app.action.ActionControls;
import terrazzo.app.l10n.Texts;
import terrazzo.app.spi.StudioServices;
import terrazzo.app.view.Css;
import terrazzo.app.view.WorkspaceBar;

/// The workspace as it is seen: options and runs at the left; charts, console, samples and the config's text beside.
final class TrainView extends BorderPane {

    private static final double PANEL = 304;

    private final TrainViewModel viewModel;
    private final TrainActions actions;
    private final Texts texts;
    private final ActionControls controls;
    private final ChartsPane charts;

    TrainView(TrainViewModel viewModel, TrainActions actions, StudioServices services) {
        this.viewModel = viewModel;
        this.actions = actions;
        this.texts = services.texts();
        this.controls = new ActionControls(texts);
        this.charts = new ChartsPane(viewModel, texts);
        getStyleClass().add("train");
        setTop(bar());
        setLeft(panel());
        setCenter(run());
    }

    /// Whether the charts show what was read last.
    ObservableBooleanValue drawn() {
        return charts.drawn();
    }

    void dispose() {
        charts.dispose();
    }

    private Node bar() {
        Label title = new Label();
        title.textProperty().bind(texts.bind("workspace.train"));
        Label name = new Label();
        name.setId("train-run-name");
        name.getStyleClass().add(Css.MUTED);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setMinWidth(0);
        name.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> viewModel
                                .selectedProperty()
                                .get()
                                .map(RunDir::name)
                                .orElse(""),
                        viewModel.selectedProperty()));
        ButtonBase start = controls.button(actions.start());
        start.getStyleClass().add("accent");
        start.setMinWidth(Region.USE_PREF_SIZE);
        ButtonBase check = controls.button(actions.check());
        check.setMinWidth(Region.USE_PREF_SIZE);
        return new WorkspaceBar(title)
                .left(name)
                .right(
                        controls.iconButton(actions.begin()),
                        controls.iconButton(actions.pause()),
                        controls.iconButton(actions.stop()),
                        controls.iconButton(actions.resume()),
                        check,
                        start);
    }

    private Node panel() {
        Node runs = new RunsPanel(viewModel, texts).node();
        VBox.setVgrow(runs, Priority.ALWAYS); // what the form leaves of the height
        VBox parts = new VBox(
                Css.GROUP, new OptionsPanel(viewModel, texts, controls.iconButton(actions.open())).node(), runs);
        parts.setPadding(new Insets(Css.PANEL_INSET));
        ScrollPane scroll = new ScrollPane(parts);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("train-panel");
        scroll.setPrefWidth(PANEL);
        scroll.setMinWidth(PANEL);
        return scroll;
    }

    private Node run() {
        TabPane tabs = new TabPane(
                tab("charts", charts),
                tab("console", console()),
                tab("samples", new SamplesPane(viewModel, texts)),
                tab("config", new ConfigPane(viewModel, texts)));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        return new VBox(status(), tabs);
    }

    private Tab tab(String name, Node content) {
        Tab tab = new Tab(null, content);
        tab.setId("train-tab-" + name);
        tab.textProperty().bind(texts.bind("train.tab." + name));
        return tab;
    }

    private Node console() {
        TextArea console = new TextArea();
        console.setId("train-console");
        console.setEditable(false);
        console.getStyleClass().add("train-text");
        console.accessibleTextProperty().bind(texts.bind("train.tab.console"));
        viewModel.watchedProperty().addListener((_, _, now) -> {
            if (!now.console().equals(console.getText())) {
                console.setText(now.console());
                console.positionCaret(now.console().length());
                console.setScrollTop(Double.MAX_VALUE);
            }
        });
        return console;
    }

    /// State, progress and figures of the run that is watched.
    private Node status() {
        Label state = new Label();
        state.setId("train-state");
        state.getStyleClass().add("task-name");
        state.setMinWidth(Region.USE_PREF_SIZE);
        ProgressBar bar = new ProgressBar(0);
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        Label figures = new Label();
        figures.setId("train-figures");
        figures.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        Label message = new Label();
        message.getStyleClass().add(Css.MUTED);
        message.setWrapText(true);
        state.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get(watched().state().textKey()),
                        viewModel.watchedProperty(),
                        texts.languageProperty()));
        bar.progressProperty()
                .bind(Bindings.createDoubleBinding(() -> watched().fraction(), viewModel.watchedProperty()));
        figures.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Figures.of(watched(), texts), viewModel.watchedProperty(), texts.languageProperty()));
        message.textProperty()
                .bind(Bindings.createStringBinding(() -> watched().message(), viewModel.watchedProperty()));
        message.managedProperty().bind(message.textProperty().isNotEmpty());
        figures.managedProperty().bind(figures.textProperty().isNotEmpty());
        HBox row = new HBox(Css.GROUP, state, bar);
        row.setAlignment(Pos.CENTER_LEFT);
        VBox box = new VBox(4, row, figures, message);
        box.setPadding(new Insets(Css.GAP, Css.PANEL_INSET, Css.GAP, Css.PANEL_INSET));
        box.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> viewModel.selectedProperty().get().isPresent(), viewModel.selectedProperty()));
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private RunStatus watched() {
        return Optional.ofNullable(viewModel.watchedProperty().get())
                .map(Watched::status)
                .orElse(RunStatus.NONE);
    }
}
