package terrazzo.app.canvas;

import javafx.scene.Cursor;
import javafx.scene.input.MouseButton;

/// Turns the pointer's ways over the image into what a workspace does; it never paints pixels itself. Panning and
/// zooming belong to the canvas and don't reach a tool.
public interface Tool {

    /// A place of the pointer.
    ///
    /// @param x image column with fraction; may lie outside the image
    /// @param y image row with fraction
    /// @param button the button that is held, [MouseButton#NONE] while hovering
    /// @param isShift whether Shift is held
    record Pointer(double x, double y, MouseButton button, boolean isShift) {

        /// The image column below the pointer.
        public int column() {
            return (int) Math.floor(x);
        }

        /// The image row below the pointer.
        public int row() {
            return (int) Math.floor(y);
        }
    }

    /// Shown while the pointer is over the image.
    default Cursor cursor() {
        return Cursor.CROSSHAIR;
    }

    default void moved(Pointer pointer) {}

    default void pressed(Pointer pointer) {}

    default void dragged(Pointer pointer) {}

    default void released(Pointer pointer) {}

    /// Whether dragging with the primary button is this tool's; otherwise it pans.
    default boolean takesPrimary() {
        return false;
    }

    /// The pointer has left the canvas.
    default void left() {}
}
