package terrazzo.app.settings;

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
}
