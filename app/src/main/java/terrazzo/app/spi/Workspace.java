package terrazzo.app.spi;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;
import terrazzo.app.action.ActionSpec;

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

    /// Opens files that were dropped or named on the command line; false when none of them is for this workspace.
    default boolean open(List<Path> files) {
        return false;
    }

    /// Whether everything that was asked for is on screen.
    default ObservableBooleanValue settled() {
        return new SimpleBooleanProperty(true);
    }

    /// The window closes: files, threads and native memory are let go.
    @Override
    default void close() {}
}
