package terrazzo.app.workspace.train;

import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.chart.Chart;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.app.view.EmptyState;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Fit;
import terrazzo.train.figure.Trace;

/// Losses, scores and learning rates of the run that is watched, over one axis of iterations.
final class ChartsPane extends StackPane {

    private static final double ROOM = 0.01;

    /// Iterations that have room at least.
    private static final double FEWEST = 30;

    private final ChartLink link = ChartLink.aligned();
    private final VBox figures = new VBox(Css.GAP);
    private final List<Chart> charts;

    ChartsPane(TrainViewModel viewModel, Texts texts) {
        link.nameProperty().bind(texts.bind("charts.x.iteration"));
        figures.setPadding(new Insets(Css.GAP, Css.PANEL_INSET, Css.PANEL_INSET, Css.PANEL_INSET));
        Chart losses = add(viewModel, texts, "loss", Curves::losses);
        Chart scores = add(viewModel, texts, "score", Curves::scores);
        Chart rates = add(viewModel, texts, "rate", Curves::rates);
        this.charts = List.of(losses, scores, rates);
        EmptyState empty = new EmptyState(
                Feather.ACTIVITY,
                texts.bind("train.charts.none"),
                viewModel.watchedProperty().flatMap(w -> texts.bind(hint(w))));
        figures.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !viewModel
                                .watchedProperty()
                                .get()
                                .curves()
                                .losses()
                                .isEmpty(),
                        viewModel.watchedProperty()));
        empty.visibleProperty().bind(figures.visibleProperty().not());
        getChildren().addAll(figures, empty);
    }

    /// What a run without curves is about to do, or what can be done with it.
    private static String hint(Watched watched) {
        return switch (watched.status().state()) {
            case QUEUED -> "train.charts.queued";
            case CHECKING, TRAINING, VALIDATING, PAUSED -> "train.charts.soon";
            case FAILED, LOST, STOPPED -> "train.charts.ended";
            case NONE, FINISHED -> "train.charts.hint";
        };
    }

    private Chart add(TrainViewModel viewModel, Texts texts, String name, Function<Curves, List<Trace>> part) {
        Chart chart = new Chart(link);
        chart.setId("train-chart-" + name);
        chart.setMinHeight(80);
        VBox.setVgrow(chart, Priority.ALWAYS);
        Label title = new Label();
        title.getStyleClass().add(Css.SECTION_TITLE);
        title.textProperty().bind(texts.bind("train.chart." + name));
        FlowPane legend = new FlowPane(Css.GROUP, 2, title);
        viewModel.watchedProperty().addListener((_, old, now) -> {
            List<Trace> traces = part.apply(now.curves());
            if (old.curves().equals(now.curves())) {
                return;
            }
            chart.show(content(traces, now.curves()));
            chart.setVisible(!traces.isEmpty());
            legend.setVisible(!traces.isEmpty());
            legend.getChildren().setAll(title);
            traces.forEach(t -> legend.getChildren().add(entry(t)));
        });
        chart.managedProperty().bind(chart.visibleProperty()); // nothing is validated before the first interval
        legend.managedProperty().bind(legend.visibleProperty());
        figures.getChildren().addAll(legend, chart);
        return chart;
    }

    /// All charts go over the same iterations, with room for dots at both ends.
    private static Chart.Content content(List<Trace> traces, Curves all) {
        Axis fit = Fit.x(all.all(), Axis.Scale.LINEAR, Axis.Unit.NUMBER);
        double end = Math.max(fit.high(), Math.floor(fit.low()) + FEWEST); // a run that has just begun
        Axis x = new Axis(Math.rint(fit.low()), end, Axis.Scale.LINEAR, Axis.Unit.NUMBER).padded(ROOM);
        return new Chart.Content(traces, x, Axis.Scale.LINEAR, false);
    }

    private static Label entry(Trace trace) {
        int rgb = trace.curve().rgb();
        Label entry = new Label(
                trace.curve().name(), new Circle(4, Color.rgb((rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff)));
        entry.getStyleClass().add(Css.MUTED);
        return entry;
    }

    ObservableBooleanValue drawn() {
        return link.drawn();
    }

    void dispose() {
        charts.forEach(Chart::dispose);
    }
}
