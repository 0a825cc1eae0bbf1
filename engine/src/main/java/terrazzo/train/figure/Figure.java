package terrazzo.train.figure;

import java.util.List;
import terrazzo.core.Scale;

/// What a figure shows.
///
/// @param traces in the order of drawing, the last on top
/// @param x what of the horizontal axis
/// @param y what of the vertical axis
/// @param words around the plot
public record Figure(List<Trace> traces, Axis x, Axis y, Words words) {

    /// Texts around the plot; none of them takes room when it is empty.
    ///
    /// @param title above
    /// @param x below
    /// @param y at the top left
    /// @param hasLegend whether curves are named below the title
    public record Words(String title, String x, String y, boolean hasLegend) {

        public static final Words NONE = new Words("", "", "", false);
    }

    public Figure {
        traces = List.copyOf(traces);
    }

    /// A figure with axes that show everything.
    public static Figure of(List<Trace> traces, Axis.Unit unit, Words words) {
        Axis x = Fit.x(traces, Axis.Scale.LINEAR, unit);
        return new Figure(traces, x, Fit.y(traces, x, Axis.Scale.LINEAR, false), words);
    }

    /// The same traces over other axes.
    public Figure over(Axis newX, Axis newY) {
        return new Figure(traces, newX, newY, words);
    }

    /// The same figure with a legend only if it names other curves than the figure above it.
    public Figure below(Figure above) {
        boolean isNew = !names().equals(above.names());
        return new Figure(traces, x, y, new Words(words.title, words.x, words.y, words.hasLegend && isNew));
    }

    private List<String> names() {
        return traces.stream().map(trace -> trace.curve().name()).toList();
    }

    /// Where each of `count` figures lies that are stacked in one picture.
    static Pen.Area panel(Scale size, int index, int count) {
        double height = (double) size.height() / count;
        return new Pen.Area(0, index * height, size.width(), height);
    }
}
