package terrazzo.app.workspace.inference;

import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Cursor;
import terrazzo.app.action.ActionSpec;
import terrazzo.app.action.ActionSpec.Group;
import terrazzo.app.canvas.Tool;
import terrazzo.app.plugin.Additions.NamedTool;

/// Which of the plugins' tools has the pointer, if any. What lies below the pointer is told all the same.
final class ToolChoice {

    private final List<ActionSpec> actions;
    private final ObjectProperty<Optional<NamedTool>> chosen = new SimpleObjectProperty<>(Optional.empty());

    ToolChoice(List<NamedTool> tools) {
        this.actions = tools.stream().map(this::action).toList();
    }

    /// One per tool: takes it, or puts it back.
    List<ActionSpec> actions() {
        return actions;
    }

    ObjectProperty<Optional<NamedTool>> chosenProperty() {
        return chosen;
    }

    /// The tool for the canvas.
    ///
    /// @param hover hears every move
    Tool tool(Tool hover) {
        return chosen.get().<Tool>map(c -> new Both(c.tool(), hover)).orElse(hover);
    }

    private ActionSpec action(NamedTool tool) {
        Optional<NamedTool> on = Optional.of(tool);
        return ActionSpec.of(
                        "tool." + tool.id(),
                        Group.EDIT,
                        () -> chosen.set(chosen.get().equals(on) ? Optional.empty() : on))
                .icon(tool.icon())
                .selectedWhen(Bindings.createBooleanBinding(() -> chosen.get().equals(on), chosen));
    }

    private record Both(Tool tool, Tool hover) implements Tool {

        @Override
        public Cursor cursor() {
            return tool.cursor();
        }

        @Override
        public void moved(Pointer pointer) {
            hover.moved(pointer);
            tool.moved(pointer);
        }

        @Override
        public void pressed(Pointer pointer) {
            tool.pressed(pointer);
        }

        @Override
        public void dragged(Pointer pointer) {
            hover.moved(pointer);
            tool.dragged(pointer);
        }

        @Override
        public void released(Pointer pointer) {
            tool.released(pointer);
        }

        @Override
        public boolean takesPrimary() {
            return tool.takesPrimary();
        }

        @Override
        public void left() {
            hover.left();
            tool.left();
        }
    }
}
