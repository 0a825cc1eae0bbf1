package terrazzo.app.chart;

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

    private final IntegerProperty waiting = new SimpleIntegerProperty();
    private final BooleanBinding drawn = waiting.isEqualTo(0);

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
