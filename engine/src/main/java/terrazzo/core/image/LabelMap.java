package terrazzo.core.image;

import terrazzo.core.Size;

/// A class index for each pixel, `[H, W]`, one unsigned byte each, row by row from the top; 255 is
/// [#IGNORE] unless a data set says otherwise. The array is not copied: whoever hands it over stops writing to it.
public final class LabelMap {

    /// The index of pixels that belong to no class.
    public static final int IGNORE = 255;

    private final Size size;
    private final byte[] labels;

    /// @param labels `height * width` bytes
    public LabelMap(Size size, byte[] labels) {
        if (labels.length != size.area()) {
            throw new IllegalArgumentException(
                    "expected " + size.area() + " labels for " + size + ", got " + labels.length);
        }
        this.size = size;
        this.labels = labels;
    }

    public Size size() {
        return size;
    }

    public int height() {
        return size.height();
    }

    public int width() {
        return size.width();
    }

    /// The class index at `(x, y)`, from 0 to 255.
    public int at(int x, int y) {
        return labels[y * size.width() + x] & 0xFF;
    }

    /// The indices themselves; read only.
    public byte[] asBytes() {
        return labels;
    }
}
