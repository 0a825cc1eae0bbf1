package terrazzo.app.workspace.charts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import terrazzo.app.chart.Chart;
import terrazzo.app.chart.ChartLink;
import terrazzo.app.l10n.Texts;
import terrazzo.app.view.Css;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Ticks;
import terrazzo.train.logs.Better;
import terrazzo.train.logs.Series;

/// A chart with its key, its best value, and, when asked for, a table of each run's figures.
final class ChartCard extends VBox {

    private static final int MOST_ROWS = 8;

    /// Figures stay near the names that they belong to, however wide the chart is.
    private static final double WIDEST_TABLE = 720;

    private final Texts texts;
    private final Label key = new Label();
    private final Label best = new Label();

    /// Whose the best value is, where there are several runs.
    private final Label bestRun = new Label();

    private final Tooltip wholeName = new Tooltip();
    private final Chart chart;
    private final GridPane table = new GridPane();

    ChartCard(ChartLink link, Texts texts, ObservableBooleanValue hasTable) {
        super(4);
        this.texts = texts;
        this.chart = new Chart(link);
        getStyleClass().add("chart-card");
        key.getStyleClass().add(Css.SECTION_TITLE);
        key.setMinWidth(Region.USE_PREF_SIZE);
        best.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        best.setMinWidth(Region.USE_PREF_SIZE);
        bestRun.getStyleClass().add(Css.MUTED);
        bestRun.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        bestRun.setMinWidth(0);
        bestRun.setTooltip(wholeName);
        bestRun.managedProperty().bind(bestRun.textProperty().isNotEmpty());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(Css.GAP, key, gap, best, bestRun);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("chart-head");
        VBox.setVgrow(chart, Priority.ALWAYS);
        table.getStyleClass().add("chart-table");
        table.visibleProperty().bind(hasTable);
        table.managedProperty().bind(table.visibleProperty());
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        name.setMinWidth(0);
        table.getColumnConstraints().add(name);
        table.setHgap(Css.GROUP);
        table.setMaxWidth(WIDEST_TABLE);
        getChildren().addAll(head, chart, table);
    }

    Chart chart() {
        return chart;
    }

    void show(Panel panel) {
        key.setText(panel.key());
        chart.setId("chart-" + panel.key());
        chart.show(panel.content());
        showBest(panel);
        table.getChildren().clear();
        if (table.isVisible()) {
            fill(panel);
        }
    }

    private void showBest(Panel panel) {
        Better better = panel.better();
        Optional<Panel.Line> found = bestFirst(panel).stream()
                .findFirst()
                .filter(_ -> better != Better.NEITHER)
                .filter(line -> !Double.isNaN(line.summary().best(better).value()));
        best.setText(found.map(line -> line.summary().best(better))
                .map(p -> texts.get("charts.best", Ticks.text(p.value(), Axis.Unit.NUMBER), p.step()))
                .orElse(""));
        String run = found.filter(_ -> panel.lines().size() > 1)
                .map(Panel.Line::name)
                .orElse("");
        bestRun.setText(run.isEmpty() ? "" : "· " + run);
        wholeName.setText(run);
    }

    /// The runs, the best first where there is one; those without a number last.
    private static List<Panel.Line> bestFirst(Panel panel) {
        Better better = panel.better();
        if (better == Better.NEITHER) {
            return panel.lines();
        }
        Comparator<Panel.Line> byRank = Comparator.comparingDouble(line -> {
            double value = line.summary().best(better).value();
            return Double.isNaN(value) ? Double.POSITIVE_INFINITY : better == Better.LOWER ? value : -value;
        });
        return panel.lines().stream().sorted(byRank).toList();
    }

    private void fill(Panel panel) {
        List<String> titles = List.of("charts.table.best", "charts.table.last", "charts.table.min", "charts.table.max");
        for (int i = 0; i < titles.size(); i++) {
            Label title = new Label(texts.get(titles.get(i)));
            title.setMinWidth(USE_PREF_SIZE);
            title.getStyleClass().add(Css.MUTED);
            put(title, i + 1, 0);
        }
        int row = 1;
        List<Panel.Line> lines = bestFirst(panel);
        for (Panel.Line line : lines.subList(0, Math.min(MOST_ROWS, lines.size()))) {
            Series.Summary summary = line.summary();
            Label name = new Label(line.name(), new Rectangle(10, 3, Color.web(String.format("#%06x", line.rgb()))));
            name.setMinWidth(0);
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS); // names often differ at their ends
            table.add(name, 0, row);
            put(panel.better() == Better.NEITHER ? new Label("–") : value(summary.best(panel.better())), 1, row);
            put(value(summary.last()), 2, row);
            put(value(summary.min()), 3, row);
            put(value(summary.max()), 4, row);
            row++;
        }
        if (lines.size() > MOST_ROWS) {
            Label more = new Label(texts.get("charts.table.more", lines.size() - MOST_ROWS));
            more.getStyleClass().add(Css.MUTED);
            table.add(more, 0, row);
        }
    }

    private void put(Label label, int column, int row) {
        GridPane.setHalignment(label, HPos.RIGHT);
        table.add(label, column, row);
    }

    private static Label value(Series.Point point) {
        Label label = new Label(Ticks.text(point.value(), Axis.Unit.NUMBER));
        label.getStyleClass().add(Css.NUMBER);
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }
}
