package terrazzo.app.workspace.inference;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import terrazzo.app.edit.ClassEdit.Look;

/// One class in the list. Its properties are changed by [ClassesModel] alone.
final class ClassRow {

    private final int index;
    private final String modelName;
    private final StringProperty name;
    private final IntegerProperty rgb;
    private final BooleanProperty visible = new SimpleBooleanProperty(true);
    private final BooleanProperty solo = new SimpleBooleanProperty(false);
    private final LongProperty pixels = new SimpleLongProperty(0);

    ClassRow(int index, String name, int rgb) {
        this.index = index;
        this.modelName = name;
        this.name = new SimpleStringProperty(name);
        this.rgb = new SimpleIntegerProperty(rgb);
    }

    int index() {
        return index;
    }

    /// What the model calls it.
    String modelName() {
        return modelName;
    }

    String name() {
        return name.get();
    }

    /// What the user calls it, the model's name at first.
    StringProperty nameProperty() {
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

    Look look() {
        return new Look(name.get(), rgb.get(), visible.get(), solo.get());
    }

    void setLook(Look look) {
        name.set(look.name());
        rgb.set(look.rgb());
        visible.set(look.isVisible());
        solo.set(look.isSolo());
    }

    /// Pixels at or above the least confidence.
    LongProperty pixelsProperty() {
        return pixels;
    }
}
