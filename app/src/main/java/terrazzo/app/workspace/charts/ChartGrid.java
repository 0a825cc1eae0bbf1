package terrazzo.app.workspace.charts;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import terrazzo.app.view.Css;

/// Lays charts out so that they fill what is seen and are neither strips nor towers; where there are too many for that,
/// in as many columns as are wide enough.
final class ChartGrid extends Pane {

    private static final double NARROWEST = 420;

    /// What a chart's curves need, beside its title and its table.
    private static final double LOWEST_PLOT = 216;

    /// Width to height that curves are read best at.
    private static final double SHAPE = 1.6;

    private double viewHeight;

    ChartGrid() {
        getStyleClass().add("chart-grid");
    }

    /// How high the part is that can be seen.
    void setViewHeight(double height) {
        viewHeight = height;
        requestLayout();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL; // more columns are lower
    }

    @Override
    protected double computePrefHeight(double width) {
        int rows = rows(width);
        return Math.max(viewHeight, rows * lowest() + (rows + 1) * Css.PANEL_INSET);
    }

    @Override
    protected void layoutChildren() {
        List<Node> charts = getManagedChildren();
        if (charts.isEmpty()) {
            return;
        }
        int columns = columns(getWidth());
        int rows = rows(getWidth());
        double width = (getWidth() - (columns + 1) * Css.PANEL_INSET) / columns;
        double height = (getHeight() - (rows + 1) * Css.PANEL_INSET) / rows;
        for (int i = 0; i < charts.size(); i++) {
            // The last row may be shorter; its charts share its width.
            int row = i / columns;
            int inRow = Math.min(columns, charts.size() - row * columns);
            double shared = (getWidth() - (inRow + 1) * Css.PANEL_INSET) / inRow;
            double cell = inRow == columns ? width : shared;
            charts.get(i)
                    .resizeRelocate(
                            Math.rint(Css.PANEL_INSET + (i % columns) * (cell + Css.PANEL_INSET)),
                            Math.rint(Css.PANEL_INSET + row * (height + Css.PANEL_INSET)),
                            Math.rint(cell),
                            Math.rint(height));
        }
    }

    private int columns(double width) {
        int charts = Math.max(1, getManagedChildren().size());
        int fitting = (int) Math.max(1, (width - Css.PANEL_INSET) / (NARROWEST + Css.PANEL_INSET));
        int best = Math.min(fitting, charts);
        double least = Double.POSITIVE_INFINITY;
        double lowest = lowest();
        for (int columns = 1; columns <= Math.min(fitting, charts); columns++) {
            int rows = (charts + columns - 1) / columns;
            double height = (viewHeight - (rows + 1) * Css.PANEL_INSET) / rows;
            double off = Math.abs(Math.log((width / columns - Css.PANEL_INSET) / height / SHAPE));
            if (height >= lowest && off < least) {
                least = off;
                best = columns;
            }
        }
        return best;
    }

    private double lowest() {
        return LOWEST_PLOT
                + getManagedChildren().stream()
                        .mapToDouble(chart -> chart.minHeight(-1))
                        .max()
                        .orElse(0);
    }

    private int rows(double width) {
        int columns = columns(width);
        return Math.max(1, (getManagedChildren().size() + columns - 1) / columns);
    }
}
