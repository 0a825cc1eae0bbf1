package terrazzo.app.workspace.charts;

import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import terrazzo.train.logs.RunLog;
import terrazzo.train.logs.RunReader;

/// One run in the list. UI thread only, but for its reader, which one task at a time works with.
final class RunRow {

    private final RunReader reader;
    private final Map<String, String> config;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty note = new SimpleStringProperty("");
    private final IntegerProperty rgb = new SimpleIntegerProperty();
    private final BooleanProperty visible = new SimpleBooleanProperty(true);
    private RunLog log;

    /// @param config the run's config by paths, empty where none was kept
    RunRow(RunReader reader, RunLog log, Map<String, String> config) {
        this.reader = reader;
        this.log = log;
        this.config = Map.copyOf(config);
    }

    RunReader reader() {
        return reader;
    }

    /// Where the run is, as a text.
    String place() {
        return reader.files().folder().toAbsolutePath().toString();
    }

    Map<String, String> config() {
        return config;
    }

    RunLog log() {
        return log;
    }

    void setLog(RunLog now) {
        log = now;
    }

    StringProperty nameProperty() {
        return name;
    }

    /// What sets the run apart, or how far it is; small below the name.
    StringProperty noteProperty() {
        return note;
    }

    /// `0xRRGGBB`.
    IntegerProperty rgbProperty() {
        return rgb;
    }

    BooleanProperty visibleProperty() {
        return visible;
    }
}
