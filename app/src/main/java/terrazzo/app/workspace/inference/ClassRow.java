package terrazzo.app.workspace.inference;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;

/// One class in the list. Its properties are changed by [ClassesModel] alone.
final class ClassRow {

    private final int index;
    private final String name;
    private final IntegerProperty rgb;
    private final BooleanProperty visible = new SimpleBooleanProperty(true);
    private final BooleanProperty solo = new SimpleBooleanProperty(false);
    private final LongProperty pixels = new SimpleLongProperty(0);

    ClassRow(int index, String name, int rgb) {
        this.index = index;
        this.name = name;
        this.rgb = new SimpleIntegerProperty(rgb);
    }

    int index() {
        return index;
    }

    String name() {
        return name;
    }

    /// `0xRRGGBB`.
    IntegerProperty rgbProperty() {
        return rgb;
    }

    /// The eye: what is shown while no class is alone.
    BooleanProperty visibleProperty() {
        return visible;
    }

    /// Whether this class is shown alone.
    BooleanProperty soloProperty() {
        return solo;
    }

    /// Pixels at or above the least confidence.
    LongProperty pixelsProperty() {
        return pixels;
    }
}
