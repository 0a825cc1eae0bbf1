package terrazzo.app.workspace.train;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
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

    private static final double LEAST_PANEL = 304;

    /// Room for the longest names of configs.
    private static final double WIDEST_PANEL = 440;

    /// Of the whole width, between these two.
    private static final double PANEL_SHARE = 0.26;

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
        VBox parts = new Column(Css.GROUP, new OptionsPanel(viewModel, actions, texts).node(), runs);
        parts.setPadding(new Insets(Css.PANEL_INSET));
        ScrollPane scroll = new ScrollPane(parts);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("train-panel");
        scroll.setMinWidth(LEAST_PANEL);
        scroll.prefWidthProperty()
                .bind(widthProperty()
                        .multiply(PANEL_SHARE)
                        .map(w -> Math.clamp(w.doubleValue(), LEAST_PANEL, WIDEST_PANEL)));
        return scroll;
    }

    /// As high as its wrapped words need at its width, of which the pane that scrolls it asks without one.
    private static final class Column extends VBox {

        Column(double spacing, Node... parts) {
            super(spacing, parts);
        }

        @Override
        protected double computeMinHeight(double width) {
            return super.computeMinHeight(width < 0 && getWidth() > 0 ? getWidth() : width);
        }
    }

    private Node run() {
        TabPane tabs = new TabPane(
                tab("charts", charts),
                tab("console", new ConsolePane(viewModel, texts)),
                tab("samples", new SamplesPane(viewModel, texts)),
                tab("config", new ConfigPane(viewModel.draft(), texts)));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        texts.languageProperty().addListener(_ -> tabs.requestLayout()); // its head is as high as its letters
        return new VBox(new StatusPane(viewModel, texts), tabs);
    }

    private Tab tab(String name, Node content) {
        Tab tab = new Tab(null, content);
        tab.setId("train-tab-" + name);
        tab.textProperty().bind(texts.bind("train.tab." + name));
        return tab;
    }
}
