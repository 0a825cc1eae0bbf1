package terrazzo.app.workspace.inference;

import javafx.scene.Cursor;
import terrazzo.app.canvas.Tool;

/// Says what lies below the pointer; dragging is left to the canvas, which pans.
record HoverTool(InferenceViewModel viewModel) implements Tool {

    @Override
    public Cursor cursor() {
        return Cursor.DEFAULT;
    }

    @Override
    public void moved(Pointer pointer) {
        viewModel.display().hover(pointer.column(), pointer.row());
    }

    @Override
    public void left() {
        viewModel.display().hoverNothing();
    }
}
