package terrazzo.app.chart;

import java.util.Optional;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;

/// What charts of one horizontal axis have in common: the part of it that is shown, and where the pointer is.
/// UI thread only.
public final class ChartLink {

    private final ObjectProperty<Optional<Range>> range = new SimpleObjectProperty<>(Optional.empty());
    private final DoubleProperty pointer = new SimpleDoubleProperty(Double.NaN);

    /// A part of the horizontal axis, in its values.
    public record Range(double low, double high) {}

    /// The part that is shown; empty for all.
    public ObjectProperty<Optional<Range>> rangeProperty() {
        return range;
    }

    /// The value under the pointer, NaN when it is on no chart.
    public DoubleProperty pointerProperty() {
        return pointer;
    }

    /// Shows the whole axis again.
    public void showAll() {
        range.set(Optional.empty());
    }
}
