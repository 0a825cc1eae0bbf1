package terrazzo.app.shell;

import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.feather.Feather;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.action.ActionSpec.Group;
import terrazzo.app.edit.UndoStack;
import terrazzo.app.spi.Workspace;

/// Undo and redo in the document of the workspace in front.
final class UndoActions {

    private final ObservableValue<UndoStack> stack;

    UndoActions(ObservableValue<Workspace> current) {
        this.stack = current.flatMap(Workspace::undo);
    }

    List<ActionSpec> all() {
        ActionSpec undo = ActionSpec.of(
                        "undo", Group.EDIT, () -> stack.getValue().undo())
                .icon(Feather.CORNER_UP_LEFT)
                .key(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
        ActionSpec redo = ActionSpec.of(
                        "redo", Group.EDIT, () -> stack.getValue().redo())
                .icon(Feather.CORNER_UP_RIGHT)
                .key(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
        return List.of(following(undo, UndoStack::undoKeyProperty), following(redo, UndoStack::redoKeyProperty));
    }

    /// Enabled while there is something, and saying what.
    private ActionSpec following(ActionSpec action, Function<UndoStack, ReadOnlyStringProperty> what) {
        StringProperty key = new SimpleStringProperty("");
        key.bind(stack.flatMap(what));
        return action.enabledWhen(Bindings.isNotEmpty(key)).detail(key);
    }
}
