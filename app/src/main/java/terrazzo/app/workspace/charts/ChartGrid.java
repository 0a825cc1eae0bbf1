package terrazzo.app.workspace.charts;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import terrazzo.app.view.Css;

/// Lays charts out in as many columns as are wide enough; they fill the height while they are high enough.
final class ChartGrid extends Pane {

    private static final double NARROWEST = 420;
    private static final double LOWEST = 260;

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
        return Math.max(viewHeight, rows * LOWEST + (rows + 1) * Css.PANEL_INSET);
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
        int fitting = (int) Math.max(1, (width - Css.PANEL_INSET) / (NARROWEST + Css.PANEL_INSET));
        return Math.max(1, Math.min(fitting, getManagedChildren().size()));
    }

    private int rows(double width) {
        int columns = columns(width);
        return Math.max(1, (getManagedChildren().size() + columns - 1) / columns);
    }
}
