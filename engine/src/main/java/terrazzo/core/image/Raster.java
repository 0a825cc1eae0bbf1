package terrazzo.core.image;

import terrazzo.core.Size;

/// A decoded image: 8-bit blue, green, red interleaved, `[H, W, 3]`, row by row from the top, no padding between rows.
/// The channel order is the one that MMSegmentation's pipelines work in. The array is not copied: whoever hands it over
/// stops writing to it.
public final class Raster {

    private final Size size;
    private final byte[] bgr;

    /// @param bgr `height * width * 3` bytes
    public Raster(Size size, byte[] bgr) {
        if (bgr.length != size.area() * 3) {
            throw new IllegalArgumentException(
                    "expected " + size.area() * 3 + " bytes for " + size + ", got " + bgr.length);
        }
        this.size = size;
        this.bgr = bgr;
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

    /// The bytes themselves; read only.
    public byte[] asBgr() {
        return bgr;
    }

    /// The pixel at `(x, y)` as opaque `0xAARRGGBB`.
    public int argb(int x, int y) {
        int at = (y * size.width() + x) * 3;
        return 0xFF000000 | (bgr[at + 2] & 0xFF) << 16 | (bgr[at + 1] & 0xFF) << 8 | (bgr[at] & 0xFF);
    }

    /// This image at the left and another of the same height at the right.
    public Raster beside(Raster right) {
        if (right.height() != height()) {
            throw new IllegalArgumentException("expected a height of " + height() + ", got " + right.height());
        }
        int width = width() + right.width();
        byte[] joined = new byte[Math.toIntExact(3L * width * height())];
        for (int y = 0; y < height(); y++) {
            System.arraycopy(bgr, y * width() * 3, joined, y * width * 3, width() * 3);
            System.arraycopy(right.bgr, y * right.width() * 3, joined, (y * width + width()) * 3, right.width() * 3);
        }
        return new Raster(new Size(height(), width), joined);
    }
}
