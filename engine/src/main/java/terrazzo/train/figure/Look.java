package terrazzo.train.figure;

/// The colours of a figure but for its curves, `0xRRGGBB`.
///
/// @param background behind everything
/// @param grid of lines at the marks
/// @param axis of the lines at the edges
/// @param text of titles and legends
/// @param muted of labels at the marks
/// @param alarm of marks for values that are not numbers
public record Look(int background, int grid, int axis, int text, int muted, int alarm) {

    public static final Look LIGHT = new Look(0xffffff, 0xe9ecef, 0xafb8c1, 0x1f2328, 0x59636e, 0xd1242f);
    public static final Look DARK = new Look(0x0d1117, 0x21262d, 0x484f58, 0xe6edf3, 0x9198a1, 0xf85149);

    /// Colours for curves, told apart on light and on dark and by most of the colour-blind; they repeat after
    /// ten.
    public static int curve(int index) {
        int[] colours = {
            0x2f7fd6, 0xe8772e, 0x2f9e62, 0xd2486e, 0x8b63d6, 0xa1801d, 0x1f9fb3, 0xc258b8, 0x6b7f8f, 0xa8593a
        };
        return colours[Math.floorMod(index, colours.length)];
    }
}
