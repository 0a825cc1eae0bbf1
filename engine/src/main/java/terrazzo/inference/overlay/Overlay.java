package terrazzo.inference.overlay;

import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Palette;
import terrazzo.core.image.Raster;

/// Blends the colour of each pixel's class over the image: `image * (1 - opacity) + colour * opacity`, rounded as the
/// reference rounds it. Pixels whose index has no colour (255, for example) keep the image. Immutable and safe to share
/// between threads; a frame of 1280x720 takes about 2 ms, so nothing is gained by more threads.
///
/// Every pixel is drawn where it is. The pictures that the reference writes are displaced by up to one pixel per class
/// in them; who needs the same bytes takes [SegLocalVisualizer].
public final class Overlay {

    private final byte[] tables;

    private Overlay(byte[] tables) {
        this.tables = tables;
    }

    /// @param opacity 0 shows the image alone, 1 the colours alone
    public static Overlay of(Palette palette, double opacity) {
        checkOpacity(opacity);
        return new Overlay(Blend.tables(palette, opacity));
    }

    static void checkOpacity(double opacity) {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new IllegalArgumentException("expected an opacity from 0 to 1, got " + opacity);
        }
    }

    static void checkSameSize(Size image, Size labels) {
        if (!image.equals(labels)) {
            throw new IllegalArgumentException("expected a label map of " + image + " like the image, got " + labels);
        }
    }

    /// A new image with the colours of `labels` over `image`.
    ///
    /// @throws IllegalArgumentException when the two differ in size
    public Raster draw(Raster image, LabelMap labels) {
        checkSameSize(image.size(), labels.size());
        byte[] bgr = image.asBgr().clone();
        drawOnto(bgr, labels);
        return new Raster(image.size(), bgr);
    }

    /// Draws into a buffer that the caller owns: the form for video, where nothing is allocated per frame.
    ///
    /// @param bgr `height * width * 3` bytes, read and overwritten
    public void drawOnto(byte[] bgr, LabelMap labels) {
        byte[] indices = labels.asBytes();
        if (bgr.length != indices.length * 3) {
            throw new IllegalArgumentException(
                    "expected " + indices.length * 3 + " bytes for " + labels.size() + ", got " + bgr.length);
        }
        byte[] blended = tables;
        for (int i = 0, at = 0; i < indices.length; i++, at += 3) {
            int table = (indices[i] & 0xFF) * 768;
            if (table < blended.length) {
                bgr[at] = blended[table + (bgr[at] & 0xFF)];
                bgr[at + 1] = blended[table + 256 + (bgr[at + 1] & 0xFF)];
                bgr[at + 2] = blended[table + 512 + (bgr[at + 2] & 0xFF)];
            }
        }
    }
}
