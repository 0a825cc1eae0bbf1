package terrazzo.app.view;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;

/// What is said while the pointer rests.
public final class Tips {

    private Tips() {}

    /// Follows a text, such as one that changes with the language.
    public static Tooltip of(ObservableValue<String> text) {
        Tooltip tip = new Tooltip();
        tip.textProperty().bind(text);
        return tip;
    }

    /// Tells all of a text that may be shortened.
    public static void whole(Labeled label) {
        Tooltip tip = of(label.textProperty());
        label.tooltipProperty()
                .bind(Bindings.when(label.textProperty().isEmpty())
                        .then((Tooltip) null)
                        .otherwise(tip));
    }
}
