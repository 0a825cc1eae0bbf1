package terrazzo.app.chart;

import java.util.List;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Curve;
import terrazzo.train.figure.Figure;
import terrazzo.train.figure.Pen.Area;
import terrazzo.train.figure.Trace;

/// What follows the pointer above a chart: a line, a dot on each curve, and a readout. It does not touch the
/// chart's own picture.
final class PointerLayer extends Region {

    private static final double RADIUS = 3.5;
    private static final double GAP = 12;

    private final Canvas canvas = new Canvas();
    private final Readout readout = new Readout();
    private Figure figure = new Figure(
            List.of(),
            new Axis(0, 1, Axis.Scale.LINEAR, Axis.Unit.NUMBER),
            new Axis(0, 1, Axis.Scale.LINEAR, Axis.Unit.NUMBER),
            Figure.Words.NONE);
    private Area plot = new Area(0, 0, 1, 1);
    private int lineRgb;
    private boolean isShown;

    PointerLayer() {
        setMouseTransparent(true);
        canvas.setManaged(false);
        readout.setManaged(false);
        getChildren().addAll(canvas, readout);
    }

    /// Takes over what the chart below has drawn.
    void place(Figure drawn, Area where, int rgb) {
        figure = drawn;
        plot = where;
        lineRgb = rgb;
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
    }

    /// Points at a value of the horizontal axis; NaN for nothing.
    void show(double value) {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        if (isShown) {
            graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        }
        double position = figure.x().position(value);
        isShown = position >= 0 && position <= 1 && !figure.traces().isEmpty();
        readout.setVisible(isShown);
        if (!isShown) {
            return;
        }
        double x = Math.floor(plot.x() + position * plot.width()) + 0.5;
        graphics.setStroke(Colours.of(lineRgb));
        graphics.setLineWidth(1);
        graphics.strokeLine(x, plot.y(), x, plot.bottom());
        readout.begin(value, figure.x());
        for (Trace trace : figure.traces()) {
            point(trace, value, graphics);
        }
        readout.end(plot.height());
        placeReadout(x);
    }

    private void point(Trace trace, double value, GraphicsContext graphics) {
        Curve curve = trace.curve();
        int index = curve.nearest(value);
        if (index < 0 || !isNear(curve, index, value)) {
            return;
        }
        double y = plot.bottom() - figure.y().position(curve.y(index)) * plot.height();
        double x = plot.x() + figure.x().position(curve.x(index)) * plot.width();
        if (y >= plot.y() && y <= plot.bottom() && x >= plot.x() && x <= plot.right()) {
            graphics.setFill(Colours.of(curve.rgb()));
            graphics.fillOval(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
        }
        readout.add(trace, index);
    }

    /// Whether the curve has something to say there: not when it ended long before, or has not begun.
    private boolean isNear(Curve curve, int index, double value) {
        double tolerance = (figure.x().high() - figure.x().low()) * 0.01;
        return (index > 0 && index < curve.size() - 1) || Math.abs(curve.x(index) - value) <= tolerance;
    }

    private void placeReadout(double x) {
        double width = readout.prefWidth(-1);
        double height = readout.prefHeight(width);
        boolean isLeft = x + GAP + width > plot.right() && x - GAP - width >= plot.x();
        double left = isLeft ? x - GAP - width : Math.min(x + GAP, getWidth() - width);
        readout.resizeRelocate(Math.rint(left), Math.rint(plot.y() + 4), width, height);
    }
}
