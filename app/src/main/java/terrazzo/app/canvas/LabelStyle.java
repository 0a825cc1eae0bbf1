package terrazzo.app.canvas;

import java.util.Arrays;
import java.util.List;

/// How a label map looks: a colour and a visibility for each class index, an opacity for all, a confidence below which
/// a pixel counts as unlabelled, and outlines. Immutable.
public final class LabelStyle {

    private final int[] colours;
    private final boolean[] visible;
    private final double opacity;
    private final double minConfidence;
    private final boolean outlines;

    private LabelStyle(int[] colours, boolean[] visible, double opacity, double minConfidence, boolean outlines) {
        this.colours = colours;
        this.visible = visible;
        this.opacity = opacity;
        this.minConfidence = minConfidence;
        this.outlines = outlines;
    }

    /// Classes `0 … n-1` in these colours (`0xRRGGBB`), all visible at half opacity; every other index is hidden.
    public static LabelStyle of(List<Integer> rgb) {
        int[] colours = new int[256];
        boolean[] visible = new boolean[256];
        for (int i = 0; i < Math.min(256, rgb.size()); i++) {
            colours[i] = 0xFF000000 | rgb.get(i);
            visible[i] = true;
        }
        return new LabelStyle(colours, visible, 0.5, 0, false);
    }

    public LabelStyle withColour(int label, int rgb) {
        int[] changed = colours.clone();
        changed[label] = 0xFF000000 | rgb;
        return new LabelStyle(changed, visible, opacity, minConfidence, outlines);
    }

    public LabelStyle withVisible(int label, boolean isVisible) {
        boolean[] changed = visible.clone();
        changed[label] = isVisible;
        return new LabelStyle(colours, changed, opacity, minConfidence, outlines);
    }

    /// @param value 0 (only the image) to 1 (only the map)
    public LabelStyle withOpacity(double value) {
        return new LabelStyle(colours, visible, Math.clamp(value, 0, 1), minConfidence, outlines);
    }

    /// @param value 0 to 1
    public LabelStyle withMinConfidence(double value) {
        return new LabelStyle(colours, visible, opacity, Math.clamp(value, 0, 1), outlines);
    }

    public LabelStyle withOutlines(boolean shown) {
        return new LabelStyle(colours, visible, opacity, minConfidence, shown);
    }

    /// The colour of a class, `0xFFRRGGBB`.
    public int colour(int label) {
        return colours[label];
    }

    public boolean isVisible(int label) {
        return visible[label];
    }

    public double opacity() {
        return opacity;
    }

    public double minConfidence() {
        return minConfidence;
    }

    public boolean hasOutlines() {
        return outlines;
    }

    /// Opacity in 256 parts, as the blend uses it.
    int alpha() {
        return (int) Math.round(opacity * 256);
    }

    /// The lowest confidence byte that still counts.
    int minConfidenceByte() {
        return (int) Math.ceil(minConfidence * 255);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelStyle that
                && Arrays.equals(colours, that.colours)
                && Arrays.equals(visible, that.visible)
                && opacity == that.opacity
                && minConfidence == that.minConfidence
                && outlines == that.outlines;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(colours) * 31 + Arrays.hashCode(visible) + Double.hashCode(opacity);
    }
}
