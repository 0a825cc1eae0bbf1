package terrazzo.app.settings;

import java.util.List;
import javafx.geometry.Rectangle2D;

/// Where the window was. A width of 0 means: not known yet.
///
/// @param x left edge on the desktop
/// @param y upper edge on the desktop
/// @param width of the window
/// @param height of the window
/// @param isMaximized whether it filled the screen
public record WindowPlace(double x, double y, double width, double height, boolean isMaximized) {

    public static final String TOPIC = "window";
    public static final WindowPlace UNKNOWN = new WindowPlace(0, 0, 0, 0, false);

    /// Of the title bar, px: as much must be on a screen that the window can be dragged.
    private static final double GRIP = 64;
    /// How far the frames of some desktops stand out of the screen, px.
    private static final double FRAME = 8;

    /// Whether the window could be reached there; a screen may be gone since.
    public boolean isOn(List<Rectangle2D> screens) {
        return screens.stream()
                .anyMatch(s -> Math.min(x + width, s.getMaxX()) - Math.max(x, s.getMinX()) >= GRIP
                        && y >= s.getMinY() - FRAME
                        && y <= s.getMaxY() - GRIP);
    }
}
