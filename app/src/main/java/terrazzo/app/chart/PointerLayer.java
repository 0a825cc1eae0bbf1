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
    private static final double EDGE = 4;
    private static final int LOOKS = 12;

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
    ///
    /// @param name what the axis is called
    void show(double value, String name) {
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
        readout.begin(value, figure.x(), name);
        for (Trace trace : figure.traces()) {
            point(trace, value, graphics);
        }
        readout.end(plot.width(), plot.height());
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
        double top = plot.y() + EDGE;
        double bottom = Math.max(top, plot.bottom() - EDGE - height);
        double best = top;
        int least = Integer.MAX_VALUE;
        for (double place : new double[] {top, bottom, (top + bottom) / 2}) {
            int hits = covered(left, place, width, height);
            if (hits < least) {
                least = hits;
                best = place;
            }
        }
        readout.resizeRelocate(Math.rint(left), Math.rint(best), width, height);
    }

    /// How much of the curves a box would lie on, in places looked at.
    private int covered(double left, double top, double width, double height) {
        int hits = 0;
        for (int i = 0; i <= LOOKS; i++) {
            double x = figure.x().value((left + width * i / LOOKS - plot.x()) / plot.width());
            for (Trace trace : figure.traces()) {
                double y = plot.bottom() - figure.y().position(between(trace.curve(), x)) * plot.height();
                hits += y > top - EDGE && y < top + height + EDGE ? 1 : 0;
            }
        }
        return hits;
    }

    /// Where a curve's line is; NaN beyond its ends.
    private static double between(Curve curve, double x) {
        int after = curve.lowerBound(x);
        if (after == 0 || after == curve.size()) {
            return Double.NaN;
        }
        double share = (x - curve.x(after - 1)) / (curve.x(after) - curve.x(after - 1));
        return curve.y(after - 1) + share * (curve.y(after) - curve.y(after - 1));
    }
}
