package terrazzo.app.action;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// The actions of the moment: those of the shell, and those of the workspace in front.
public final class ActionList {

    private final ObservableList<ActionSpec> shell = FXCollections.observableArrayList();
    private final ObservableList<ActionSpec> workspace = FXCollections.observableArrayList();

    public ObservableList<ActionSpec> shell() {
        return shell;
    }

    public ObservableList<ActionSpec> workspace() {
        return workspace;
    }

    /// The workspace's first: where both use a key, the workspace wins.
    public List<ActionSpec> all() {
        return Stream.concat(workspace.stream(), shell.stream()).toList();
    }

    public Optional<ActionSpec> find(String id) {
        return all().stream().filter(a -> a.id().equals(id)).findFirst();
    }

    /// Performs the action of a pressed key and consumes the event. Keys without Ctrl or Alt belong to a text field
    /// while one has the focus.
    public void handle(KeyEvent event, Node focusOwner) {
        boolean isTyping = focusOwner instanceof TextInputControl && !event.isShortcutDown() && !event.isAltDown();
        if (event.isConsumed() || isTyping) {
            return;
        }
        for (ActionSpec action : all()) {
            KeyCombination keys = action.look().shortcut();
            if (keys != null && keys.match(event) && action.isEnabled()) {
                event.consume();
                action.perform();
                return;
            }
        }
    }
}
