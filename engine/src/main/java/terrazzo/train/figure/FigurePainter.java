package terrazzo.train.figure;

import java.util.Arrays;
import java.util.List;
import terrazzo.train.figure.Pen.Anchor;
import terrazzo.train.figure.Pen.Area;
import terrazzo.train.figure.Pen.Lettering;
import terrazzo.train.figure.Pen.Stroke;
import terrazzo.train.figure.Ticks.Tick;

/// Draws figures with any pen. Keeps its buffers, so that drawing the same figure again and again allocates
/// little; one thread at a time.
public final class FigurePainter {

    private static final double LABEL = 11;
    private static final double TITLE = 15;
    private static final double LEGEND = 12;
    private static final double LEGEND_ROW = 20;
    private static final double SWATCH = 18;
    private static final double GAP = 8;
    private static final double PX_PER_X_TICK = 88;
    private static final double PX_PER_Y_TICK = 44;
    private static final double CURVE_WIDTH = 1.5;
    private static final double RAW_OPACITY = 0.28;
    private static final double PX_PER_DOT = 9;
    private static final double DOT_RADIUS = 2.6;

    /// Beyond this many times the plot's height lines are cut, before numbers get too large for what draws
    /// them.
    private static final double FAR = 50;

    private final Decimation decimation = new Decimation();
    private double[] xs = new double[1024];
    private double[] ys = new double[1024];

    /// Where the plot lies within the whole, beside its labels.
    public Area plot(Figure figure, Pen pen, Area whole) {
        Figure.Words words = figure.words();
        double top = whole.y() + GAP + (words.title().isEmpty() ? 0 : TITLE + GAP);
        if (words.hasLegend()) {
            top += legendRows(figure, pen, whole.width() - 3 * GAP) * LEGEND_ROW + GAP / 2;
        }
        if (!words.y().isEmpty()) {
            top += LABEL + GAP;
        }
        double bottom = whole.bottom() - GAP - LABEL - GAP - (words.x().isEmpty() ? 0 : LABEL + GAP);
        double height = Math.max(1, bottom - top);
        double left = whole.x() + GAP + labelWidth(figure.y(), pen, height) + GAP;
        return new Area(left, top, Math.max(1, whole.right() - 2 * GAP - left), height);
    }

    /// Draws a figure.
    ///
    /// @return where its plot lies
    public Area paint(Figure figure, Pen pen, Area whole, Look look) {
        Area plot = plot(figure, pen, whole);
        pen.fill(whole, look.background());
        words(figure, pen, whole, look);
        grid(figure, pen, plot, look);
        pen.clip(plot);
        for (Trace trace : figure.traces()) {
            trace.raw().ifPresent(raw -> curve(raw, figure, pen, plot, new Stroke(raw.rgb(), 1, RAW_OPACITY)));
        }
        for (Trace trace : figure.traces()) {
            curve(trace.curve(), figure, pen, plot, Stroke.of(trace.curve().rgb(), CURVE_WIDTH));
        }
        figure.traces().forEach(trace -> broken(trace.curve(), figure, pen, plot, look));
        pen.unclip();
        return plot;
    }

    private void words(Figure figure, Pen pen, Area whole, Look look) {
        Figure.Words words = figure.words();
        Area plot = plot(figure, pen, whole);
        double y = whole.y() + GAP;
        if (!words.title().isEmpty()) {
            y += TITLE;
            pen.text(words.title(), plot.x(), y, Anchor.START, new Lettering(look.text(), TITLE, true));
            y += GAP;
        }
        if (words.hasLegend()) {
            legend(figure, pen, new Area(plot.x(), y, whole.right() - GAP - plot.x(), 0), look);
        }
        if (!words.y().isEmpty()) {
            pen.text(words.y(), plot.x(), plot.y() - GAP, Anchor.START, new Lettering(look.muted(), LABEL, false));
        }
        if (!words.x().isEmpty()) {
            pen.text(
                    words.x(),
                    plot.right(),
                    whole.bottom() - GAP,
                    Anchor.END,
                    new Lettering(look.muted(), LABEL, false));
        }
    }

    private void legend(Figure figure, Pen pen, Area area, Look look) {
        Lettering lettering = new Lettering(look.text(), LEGEND, false);
        double x = area.x();
        double y = area.y();
        for (Trace trace : figure.traces()) {
            String name = fitting(trace.curve().name(), pen, lettering, area.width());
            double width = entryWidth(name, pen, lettering);
            if (x > area.x() && x + width > area.right()) {
                x = area.x();
                y += LEGEND_ROW;
            }
            double middle = y + LEGEND_ROW / 2;
            pen.line(x, middle, x + SWATCH, middle, Stroke.of(trace.curve().rgb(), 2.5));
            pen.text(name, x + SWATCH + 6, middle + 4, Anchor.START, lettering);
            x += width;
        }
    }

    private static int legendRows(Figure figure, Pen pen, double width) {
        Lettering lettering = new Lettering(0, LEGEND, false);
        // The plot's left edge, where the legend begins, is not known yet; labels are rarely wider than this.
        double room = width - 7 * GAP;
        int rows = 1;
        double x = 0;
        for (Trace trace : figure.traces()) {
            double entry = entryWidth(fitting(trace.curve().name(), pen, lettering, room), pen, lettering);
            if (x > 0 && x + entry > room) {
                x = 0;
                rows++;
            }
            x += entry;
        }
        return rows;
    }

    private static double entryWidth(String name, Pen pen, Lettering lettering) {
        return SWATCH + 6 + pen.width(name, lettering) + 2 * GAP;
    }

    /// A name without its middle where all of it is wider than the legend.
    private static String fitting(String name, Pen pen, Lettering lettering, double room) {
        String fitting = name;
        for (int kept = name.length() - 1; kept > 1 && entryWidth(fitting, pen, lettering) > room; kept--) {
            fitting = name.substring(0, (kept + 1) / 2) + "…" + name.substring(name.length() - kept / 2);
        }
        return fitting;
    }

    private static double labelWidth(Axis axis, Pen pen, double height) {
        Lettering lettering = new Lettering(0, LABEL, false);
        return yTicks(axis, height).stream()
                .mapToDouble(tick -> pen.width(tick.label(), lettering))
                .max()
                .orElse(0);
    }

    private static List<Tick> yTicks(Axis axis, double height) {
        return Ticks.of(axis, (int) (height / PX_PER_Y_TICK));
    }

    private void grid(Figure figure, Pen pen, Area plot, Look look) {
        Lettering lettering = new Lettering(look.muted(), LABEL, false);
        for (Tick tick : yTicks(figure.y(), plot.height())) {
            double y = sharp(plot.bottom() - figure.y().position(tick.value()) * plot.height());
            pen.line(plot.x(), y, plot.right(), y, gridStroke(tick, look));
            pen.text(tick.label(), plot.x() - GAP, y + LABEL * 0.36, Anchor.END, lettering);
        }
        double free = Double.NEGATIVE_INFINITY;
        for (Tick tick : Ticks.of(figure.x(), (int) (plot.width() / PX_PER_X_TICK))) {
            double x = sharp(plot.x() + figure.x().position(tick.value()) * plot.width());
            pen.line(x, plot.y(), x, plot.bottom(), gridStroke(tick, look));
            double half = pen.width(tick.label(), lettering) / 2;
            if (x - half > free) {
                pen.text(tick.label(), x, plot.bottom() + LABEL + GAP * 0.75, Anchor.MIDDLE, lettering);
                free = tick.label().isEmpty() ? free : x + half + GAP;
            }
        }
        double bottom = sharp(plot.bottom());
        pen.line(plot.x(), bottom, plot.right(), bottom, Stroke.of(look.axis(), 1));
    }

    /// Marks between others are paler.
    private static Stroke gridStroke(Tick tick, Look look) {
        return new Stroke(look.grid(), 1, tick.label().isEmpty() ? 0.45 : 1);
    }

    private void curve(Curve curve, Figure figure, Pen pen, Area plot, Stroke stroke) {
        decimation.run(curve, figure.x(), (int) Math.ceil(plot.width()));
        int size = decimation.size();
        if (xs.length < size) {
            xs = new double[size * 2];
            ys = new double[size * 2];
        }
        int start = 0;
        for (int i = 0; i < size; i++) {
            double x = figure.x().position(decimation.xs()[i]);
            double y = figure.y().position(decimation.ys()[i]);
            xs[i] = plot.x() + x * plot.width();
            ys[i] = plot.bottom() - Math.clamp(y, -FAR, FAR) * plot.height();
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                stretch(start, i, pen, stroke);
                start = i + 1;
            }
        }
        stretch(start, size, pen, stroke);
        if (size > 0 && xs[size - 1] - xs[0] >= (size - 1) * PX_PER_DOT) {
            dots(size, pen, stroke);
        }
    }

    /// Draws what lies between two gaps; a single point there is a dot, or it would not be seen.
    private void stretch(int from, int to, Pen pen, Stroke stroke) {
        if (to - from == 1) {
            pen.dot(xs[from], ys[from], DOT_RADIUS, stroke.rgb());
        } else if (from == 0) {
            pen.polyline(xs, ys, to, stroke);
        } else if (to > from) {
            pen.polyline(Arrays.copyOfRange(xs, from, to), Arrays.copyOfRange(ys, from, to), to - from, stroke);
        }
    }

    private void dots(int size, Pen pen, Stroke stroke) {
        for (int i = 0; i < size && stroke.opacity() == 1; i++) {
            if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
                pen.dot(xs[i], ys[i], DOT_RADIUS, stroke.rgb());
            }
        }
    }

    /// Marks at the bottom where values are not numbers.
    private static void broken(Curve curve, Figure figure, Pen pen, Area plot, Look look) {
        double last = Double.NEGATIVE_INFINITY;
        for (double value : curve.brokenXs()) {
            double x = plot.x() + figure.x().position(value) * plot.width();
            if (x >= plot.x() && x <= plot.right() && x - last >= 1) {
                pen.line(x, plot.bottom() - 7, x, plot.bottom() - 1, Stroke.of(look.alarm(), 2));
                last = x;
            }
        }
    }

    /// The middle of a pixel, where thin lines are sharp.
    private static double sharp(double position) {
        return Math.floor(position) + 0.5;
    }
}
