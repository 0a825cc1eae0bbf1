package terrazzo.app.chart;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What charts of one horizontal axis have in common: the part of it that is shown, and where the pointer is.
/// UI thread only.
public final class ChartLink {

    private final ObjectProperty<Optional<Range>> range = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty name = new SimpleStringProperty("");
    private final DoubleProperty pointer = new SimpleDoubleProperty(Double.NaN);

    private final boolean isAligned;
    private final Map<Chart, Double> leftByChart = new HashMap<>();
    private final DoubleProperty left = new SimpleDoubleProperty();

    private final IntegerProperty waiting = new SimpleIntegerProperty();
    private final BooleanBinding drawn = waiting.isEqualTo(0);

    public ChartLink() {
        this(false);
    }

    private ChartLink(boolean isAligned) {
        this.isAligned = isAligned;
    }

    /// For charts one above the other: their plots begin at the same place, whatever their labels take.
    public static ChartLink aligned() {
        return new ChartLink(true);
    }

    /// A part of the horizontal axis, in its values.
    public record Range(double low, double high) {}

    /// The part that is shown; empty for all.
    public ObjectProperty<Optional<Range>> rangeProperty() {
        return range;
    }

    /// What the horizontal axis is called; said with values that are plain numbers.
    public StringProperty nameProperty() {
        return name;
    }

    /// The value under the pointer, NaN when it is on no chart.
    public DoubleProperty pointerProperty() {
        return pointer;
    }

    /// Where every plot begins at the least, px from its chart's left edge.
    DoubleProperty leftProperty() {
        return left;
    }

    /// Hears where a plot begins by itself; 0 for one that is not seen.
    void place(Chart chart, double at) {
        if (isAligned) {
            leftByChart.put(chart, at);
            left.set(leftByChart.values().stream().mapToDouble(x -> x).max().orElse(0));
        }
    }

    /// Whether every chart shows what it was asked for.
    public BooleanBinding drawn() {
        return drawn;
    }

    /// One more chart, or with -1 one less, that has something to draw.
    void expect(int more) {
        waiting.set(waiting.get() + more);
    }

    /// Shows the whole axis again.
    public void showAll() {
        range.set(Optional.empty());
    }
}
