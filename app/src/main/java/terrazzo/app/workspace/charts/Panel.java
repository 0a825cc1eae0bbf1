package terrazzo.app.workspace.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.app.chart.Chart;
import terrazzo.app.chart.ChartLink;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Curve;
import terrazzo.train.figure.Figure;
import terrazzo.train.figure.Fit;
import terrazzo.train.figure.RunCurves;
import terrazzo.train.figure.Trace;
import terrazzo.train.logs.Better;
import terrazzo.train.logs.NamedRun;
import terrazzo.train.logs.Series;
import terrazzo.train.logs.XAxis;

/// One chart: a key, its curves, and the figures of each run.
///
/// @param key what is drawn
/// @param content for the chart
/// @param lines one for each run that has the key
record Panel(String key, Chart.Content content, List<Line> lines) {

    private static final double ROOM = 0.01;

    Panel {
        lines = List.copyOf(lines);
    }

    /// @param name of the run
    /// @param rgb its colour
    /// @param summary extremes and end
    record Line(String name, int rgb, Series.Summary summary) {}

    /// A run and its colour.
    record Coloured(NamedRun run, int rgb) {}

    /// How curves are drawn.
    ///
    /// @param x the horizontal axis
    /// @param xScale its scale
    /// @param yScale of the vertical axes
    /// @param weight of the past in smoothing, below 1
    /// @param isClipped whether outliers may lie outside
    record Style(XAxis x, Axis.Scale xScale, Axis.Scale yScale, double weight, boolean isClipped) {}

    /// What is drawn of one key.
    private record Curves(List<Trace> traces, List<Line> lines) {

        static Curves of(String key, List<Coloured> runs, Style style) {
            List<Trace> traces = new ArrayList<>();
            List<Line> lines = new ArrayList<>();
            for (Coloured coloured : runs) {
                NamedRun run = coloured.run;
                if (run.log().has(key)) {
                    Series series = run.log().series(key);
                    Curve curve = RunCurves.of(series, style.x, run.name(), coloured.rgb);
                    traces.add(Trace.smoothed(curve, RunCurves.weight(key, style.weight)));
                    lines.add(new Line(run.name(), coloured.rgb, series.summary()));
                }
            }
            return new Curves(traces, lines);
        }
    }

    /// Makes the charts of some keys, all with the same horizontal axis. For tasks: a million values take a
    /// while.
    static List<Panel> of(List<Coloured> runs, List<String> keys, Style style) {
        // Smoothing a million values takes a while; keys don't depend on each other.
        List<Curves> curves =
                keys.parallelStream().map(key -> Curves.of(key, runs, style)).toList();
        List<Trace> all = curves.stream().flatMap(c -> c.traces.stream()).toList();
        Axis x = Fit.x(all, style.xScale, RunCurves.unit(style.x)).padded(ROOM);
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Curves drawn = curves.get(i);
            Chart.Content content = new Chart.Content(drawn.traces, x, style.yScale, style.isClipped);
            panels.add(new Panel(keys.get(i), content, drawn.lines));
        }
        return panels;
    }

    Better better() {
        return Better.of(key);
    }

    /// The chart as a figure for a file.
    ///
    /// @param range the part of the horizontal axis, all of it when empty
    /// @param xName what it is called
    Figure figure(Optional<ChartLink.Range> range, String xName) {
        Axis whole = content.x();
        Axis x = range.map(r -> Axis.around(r.low(), r.high(), whole.scale(), whole.unit()))
                .orElse(whole);
        Axis y = Fit.y(content.traces(), x, content.yScale(), content.isClipped());
        return new Figure(content.traces(), x, y, new Figure.Words("", xName, key, true));
    }
}
