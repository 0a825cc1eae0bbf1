package terrazzo.app.canvas;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import terrazzo.core.Size;

/// Which part of an image is seen, and how large: a zoom and the image point at the top left corner. Lengths on screen
/// are device pixels, so that a zoom of 1 shows one image pixel as one dot of the display. One thread, the UI's.
public final class Viewport {

    public static final double MIN_ZOOM = 1.0 / 64;
    public static final double MAX_ZOOM = 64;
    private static final double MAX_FIT = 7.5;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Size image = new Size(0, 0);
    private int width;
    private int height;
    private double zoom = 1;
    private double originX;
    private double originY;
    private boolean fitted = true;

    /// The transform at one moment: screen = (image - origin) * zoom.
    ///
    /// @param zoom screen pixels per image pixel
    /// @param originX image x at the left edge
    /// @param originY image y at the top edge
    public record Transform(double zoom, double originX, double originY) {

        public double toImageX(double screenX) {
            return originX + screenX / zoom;
        }

        public double toImageY(double screenY) {
            return originY + screenY / zoom;
        }

        public double toScreenX(double imageX) {
            return (imageX - originX) * zoom;
        }

        public double toScreenY(double imageY) {
            return (imageY - originY) * zoom;
        }
    }

    /// Calls `listener` after each change of the transform, the image's size or the window's size.
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /// Shows an image of another size, all of it. An image of the same size keeps the place and the zoom, so that
    /// stepping through a folder or a video compares like with like.
    public void show(Size size) {
        if (!size.equals(image)) {
            image = size;
            fitted = true;
            settle();
        }
    }

    /// Takes the size of the window; a fitted image stays fitted, otherwise the centre stays where it is.
    public void resize(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return;
        }
        double centreX = originX + width / 2.0 / zoom;
        double centreY = originY + height / 2.0 / zoom;
        width = newWidth;
        height = newHeight;
        originX = centreX - width / 2.0 / zoom;
        originY = centreY - height / 2.0 / zoom;
        settle();
    }

    /// Multiplies the zoom; the image point under the screen point stays there.
    public void zoomAt(double screenX, double screenY, double factor) {
        double next = Math.clamp(zoom * factor, MIN_ZOOM, MAX_ZOOM);
        if (next == zoom) {
            return;
        }
        originX += screenX / zoom - screenX / next;
        originY += screenY / zoom - screenY / next;
        zoom = next;
        fitted = false;
        settle();
    }

    /// Sets the zoom; the centre stays where it is.
    public void zoomTo(double newZoom) {
        zoomAt(width / 2.0, height / 2.0, newZoom / zoom);
    }

    public void panBy(double screenDx, double screenDy) {
        originX -= screenDx / zoom;
        originY -= screenDy / zoom;
        fitted = false;
        settle();
    }

    public void centreOn(double imageX, double imageY) {
        originX = imageX - width / 2.0 / zoom;
        originY = imageY - height / 2.0 / zoom;
        fitted = false;
        settle();
    }

    /// Shows the whole image as large as it fits; small images are blown up, but not as far as the pixel grid.
    public void fit() {
        fitted = true;
        settle();
    }

    /// One image pixel is one device pixel.
    public void actualSize() {
        if (zoom == 1) {
            fitted = false;
        }
        zoomTo(1);
    }

    /// Takes zoom and relative centre from another viewport, for views that move together.
    void follow(Viewport leader) {
        fitted = leader.fitted;
        zoom = leader.zoom;
        double relativeX = leader.centreX() / Math.max(1, leader.image.width());
        double relativeY = leader.centreY() / Math.max(1, leader.image.height());
        originX = relativeX * image.width() - width / 2.0 / zoom;
        originY = relativeY * image.height() - height / 2.0 / zoom;
        settle();
    }

    public Transform transform() {
        return new Transform(zoom, originX, originY);
    }

    public Size image() {
        return image;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public double zoom() {
        return zoom;
    }

    public boolean isFitted() {
        return fitted;
    }

    /// Whether a part of the image lies outside the window.
    public boolean isCropped() {
        return image.width() * zoom > width + 1 || image.height() * zoom > height + 1;
    }

    private double centreX() {
        return originX + width / 2.0 / zoom;
    }

    private double centreY() {
        return originY + height / 2.0 / zoom;
    }

    /// Fits if asked, keeps the image in reach, and tells the listeners.
    private void settle() {
        if (image.area() > 0 && width > 0 && height > 0) {
            if (fitted) {
                double all = Math.min((double) width / image.width(), (double) height / image.height());
                zoom = Math.clamp(Math.min(all, MAX_FIT), MIN_ZOOM, MAX_ZOOM);
            }
            originX = keep(originX, width / zoom, image.width());
            originY = keep(originY, height / zoom, image.height());
        }
        listeners.forEach(Runnable::run);
    }

    /// A shorter image is centred; of a longer one, at least half a window is shown.
    private double keep(double origin, double window, int length) {
        if (fitted || length <= window) {
            return (length - window) / 2;
        }
        return Math.clamp(origin, -window / 2, length - window / 2);
    }
}
