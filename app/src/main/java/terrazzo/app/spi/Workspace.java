package terrazzo.app.spi;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.edit.UndoStack;

/// One room of the window, for one task of the user. Its name is the text `workspace.ID`. UI thread only.
public interface Workspace extends AutoCloseable {

    /// One word, as on the command line: `inference`.
    String id();

    /// Its picture on the rail.
    Ikon icon();

    /// Its content; asked for when it is first shown, and the same node each time.
    Parent view();

    /// What can be done while it is in front.
    default List<ActionSpec> actions() {
        return List.of();
    }

    /// The left part of the status bar while it is in front.
    default Node status() {
        return new Region();
    }

    /// Opens files that were dropped or named on the command line; false when none of them is for this
    /// workspace.
    default boolean open(List<Path> files) {
        return false;
    }

    /// What [#open] would open of files that hang over the window; empty when none of them is for this
    /// workspace, so that they are refused unless another one takes them. Called on a thread of its own: it
    /// looks at the files and changes nothing.
    default List<Offer> offer(List<Path> files) {
        return List.of();
    }

    /// What can be taken back and done again in the document that is open; another one for another document.
    default ObservableValue<UndoStack> undo() {
        return new SimpleObjectProperty<>(new UndoStack(_ -> {}));
    }

    /// What is open and how it is shown, as Jackson writes a record; for the session journal, which asks every few
    /// seconds. Empty while there is nothing worth coming back to.
    default Optional<Record> session() {
        return Optional.empty();
    }

    /// Opens again what [#session] told of in another run, as far as it still exists.
    default void resume(JsonNode session) {}

    /// Whether everything that was asked for is on screen.
    default ObservableBooleanValue settled() {
        return new SimpleBooleanProperty(true);
    }

    /// The window closes: files, threads and native memory are let go.
    @Override
    default void close() {}
}
