package terrazzo.app.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import terrazzo.app.view.Css;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Ticks;
import terrazzo.train.figure.Trace;

/// The values of curves at one place, the highest first.
final class Readout extends VBox {

    private static final int MOST = 10;
    private static final double ROW = 19;
    private static final double WIDEST_NAME = 220;
    private static final double NARROWEST_NAME = 90;

    /// What stands beside a name: its colour, a value and what it was before smoothing.
    private static final double VALUES = 150;

    private final Label place = new Label();

    /// How many curves there was no room for.
    private final Label more = new Label();

    private final List<Entry> entries = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /// A curve and the index of its point.
    private record Entry(Trace trace, int index) {

        double value() {
            double value = trace.curve().y(index);
            return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
        }
    }

    Readout() {
        super(1);
        getStyleClass().add("chart-readout");
        place.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        more.getStyleClass().addAll(Css.MUTED, Css.NUMBER);
        getChildren().addAll(place, more);
    }

    /// @param x a place on `axis`; iterations are whole where more than a few are shown
    /// @param name what the axis is called
    void begin(double x, Axis axis, String name) {
        boolean isWhole = axis.unit() == Axis.Unit.NUMBER && axis.high() - axis.low() > 20;
        String text = isWhole ? String.format(Locale.ROOT, "%,d", Math.round(x)) : Ticks.text(x, axis.unit());
        place.setText(axis.unit() == Axis.Unit.NUMBER ? (name + " " + text).strip() : text);
        entries.clear();
    }

    void add(Trace trace, int index) {
        entries.add(new Entry(trace, index));
    }

    /// Shows what was added, as much as fits above half of a plot, so that it never lies on the place it is about.
    void end(double width, double height) {
        double name = Math.clamp(width / 2 - VALUES, NARROWEST_NAME, WIDEST_NAME);
        entries.sort(Comparator.comparingDouble(Entry::value).reversed());
        int fitting = (int) Math.clamp((height - 3 * ROW) / ROW, 1, MOST);
        int shown = Math.min(entries.size(), fitting);
        while (rows.size() < shown) {
            Row row = new Row();
            rows.add(row);
            getChildren().add(getChildren().size() - 1, row);
        }
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).setVisible(i < shown);
            rows.get(i).setManaged(i < shown);
            if (i < shown) {
                rows.get(i).show(entries.get(i), name);
            }
        }
        more.setText("+" + (entries.size() - shown));
        more.setVisible(shown < entries.size());
        more.setManaged(more.isVisible());
        applyCss();
    }

    /// One curve.
    private static final class Row extends HBox {

        private final Rectangle swatch = new Rectangle(10, 3);
        private final Label name = new Label();
        private final Label value = new Label();
        private final Label raw = new Label();

        Row() {
            super(6);
            setAlignment(Pos.CENTER_LEFT);
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS); // names often differ at their ends
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            value.getStyleClass().add(Css.NUMBER);
            value.setMinWidth(USE_PREF_SIZE);
            raw.getStyleClass().addAll(Css.NUMBER, Css.MUTED);
            raw.setMinWidth(USE_PREF_SIZE);
            getChildren().addAll(swatch, name, gap, value, raw);
        }

        /// @param widest how wide the name may be
        void show(Entry entry, double widest) {
            name.setMaxWidth(widest);
            Trace trace = entry.trace;
            Color colour = Colours.of(trace.curve().rgb());
            swatch.setFill(colour);
            name.setText(trace.curve().name());
            value.setText(Ticks.text(trace.curve().y(entry.index), Axis.Unit.NUMBER));
            raw.setText(trace.raw()
                    .map(r -> Ticks.text(r.y(entry.index), Axis.Unit.NUMBER))
                    .orElse(""));
            raw.setManaged(trace.raw().isPresent());
        }
    }
}
