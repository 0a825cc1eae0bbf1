package terrazzo.app.workspace.charts;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// A key that runs have logged, and whether it has a chart.
record KeyRow(String key, BooleanProperty shown) {

    KeyRow(String key, boolean isShown) {
        this(key, new SimpleBooleanProperty(isShown));
    }
}
