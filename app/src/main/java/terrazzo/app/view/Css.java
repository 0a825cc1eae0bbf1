package terrazzo.app.view;

/// Style classes and distances that views name; colours and font sizes live in `terrazzo/css/studio.css` alone.
public final class Css {

    public static final String ROOT = "studio";
    public static final String RAIL = "rail";
    public static final String RAIL_BUTTON = "rail-button";
    public static final String BAR = "workspace-bar";
    public static final String BAR_TITLE = "bar-title";
    public static final String STATUS = "status-bar";
    public static final String PANEL = "side-panel";
    public static final String SECTION = "section";
    public static final String SECTION_TITLE = "section-title";
    public static final String MUTED = "muted";
    public static final String NUMBER = "number";
    public static final String TOASTS = "toasts";
    public static final String TOAST = "toast";
    public static final String OVERLAY = "overlay";
    public static final String CARD = "overlay-card";
    public static final String PALETTE = "command-palette";
    public static final String KEYCAP = "keycap";
    public static final String EMPTY = "empty-state";
    public static final String EMPTY_TITLE = "empty-title";
    public static final String HINT = "hint";

    /// Between things that belong together, px.
    public static final double GAP = 8;
    /// Between groups, px.
    public static final double GROUP = 16;
    /// Inside panels, px.
    public static final double PANEL_INSET = 12;

    private Css() {}
}
