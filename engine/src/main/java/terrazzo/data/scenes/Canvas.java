package terrazzo.data.scenes;

import java.util.Arrays;
import terrazzo.core.Size;
import terrazzo.core.image.LabelMap;
import terrazzo.core.image.Raster;

/// Image and label map while they are painted. A shape covers the pixels whose centre is in it, and every shape writes
/// colour and label together; shadows alone leave labels as they are.
final class Canvas {

    final int width;
    final int height;
    private final Size size;
    private final byte[] bgr;
    private final byte[] labels;

    Canvas(Size size) {
        this.size = size;
        this.width = size.width();
        this.height = size.height();
        this.bgr = new byte[width * height * 3];
        this.labels = new byte[width * height];
    }

    void set(int x, int y, int rgb, SceneClass label) {
        int i = y * width + x;
        labels[i] = (byte) label.label();
        bgr[i * 3] = (byte) rgb;
        bgr[i * 3 + 1] = (byte) (rgb >> 8);
        bgr[i * 3 + 2] = (byte) (rgb >> 16);
    }

    /// Fills a part of one row.
    void row(int y, float left, float right, int rgb, SceneClass label) {
        int from = firstAt(left);
        int to = Math.min(width, firstAt(right));
        for (int x = Math.max(0, from); x < to; x++) {
            set(x, y, rgb, label);
        }
    }

    /// A rectangle; at least one column wide, so that poles far away stay visible.
    void rectangle(float left, float top, float right, float bottom, int rgb, SceneClass label) {
        float end = Math.max(right, left + 1);
        int last = Math.min(height, firstAt(bottom));
        for (int y = Math.max(0, firstAt(top)); y < last; y++) {
            row(y, left, end, rgb, label);
        }
    }

    /// A convex polygon, `x0, y0, x1, y1, …`.
    void polygon(int rgb, SceneClass label, float... points) {
        float top = Float.MAX_VALUE;
        float bottom = -Float.MAX_VALUE;
        for (int i = 1; i < points.length; i += 2) {
            top = Math.min(top, points[i]);
            bottom = Math.max(bottom, points[i]);
        }
        int last = Math.min(height, firstAt(bottom));
        for (int y = Math.max(0, firstAt(top)); y < last; y++) {
            float left = Float.MAX_VALUE;
            float right = -Float.MAX_VALUE;
            float center = y + 0.5f;
            for (int i = 0; i < points.length; i += 2) {
                int next = (i + 2) % points.length;
                float y0 = points[i + 1];
                float y1 = points[next + 1];
                if ((y0 <= center) != (y1 <= center)) {
                    float x = points[i] + (points[next] - points[i]) * (center - y0) / (y1 - y0);
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                }
            }
            row(y, left, right, rgb, label);
        }
    }

    /// An ellipse of one colour.
    void ellipse(float x, float y, float radiusX, float radiusY, int rgb, SceneClass label) {
        int last = Math.min(height, firstAt(y + radiusY));
        for (int row = Math.max(0, firstAt(y - radiusY)); row < last; row++) {
            float dy = (row + 0.5f - y) / radiusY;
            float half = radiusX * (float) Math.sqrt(Math.max(0, 1 - dy * dy));
            row(row, x - half, x + half, rgb, label);
        }
    }

    /// Mixes a colour into an ellipse, most in its middle; labels stay.
    void soft(float x, float y, float radiusX, float radiusY, int rgb, float strength) {
        int bottom = Math.min(height, firstAt(y + radiusY));
        int end = Math.min(width, firstAt(x + radiusX));
        for (int row = Math.max(0, firstAt(y - radiusY)); row < bottom; row++) {
            float dy = (row + 0.5f - y) / radiusY;
            for (int column = Math.max(0, firstAt(x - radiusX)); column < end; column++) {
                float dx = (column + 0.5f - x) / radiusX;
                float inside = 1 - dx * dx - dy * dy;
                if (inside > 0) {
                    mix((row * width + column) * 3, rgb, strength * inside);
                }
            }
        }
    }

    private void mix(int at, int rgb, float part) {
        for (int channel = 0; channel < 3; channel++) {
            float old = bgr[at + channel] & 0xFF;
            bgr[at + channel] = (byte) Colour.level(old + (((rgb >> (8 * channel)) & 0xFF) - old) * part);
        }
    }

    /// The first pixel whose centre is at or after `edge`.
    static int firstAt(float edge) {
        return (int) Math.ceil(edge - 0.5f);
    }

    /// Blurs the colours a little (1 2 1 in both directions, `strength` of it) and adds noise; labels stay.
    Scene finish(float strength, float noise, int key) {
        byte[] out = new byte[bgr.length];
        int keep = Math.round(256 * (1 - strength));
        int stride = width * 3;
        int[] column = new int[stride]; // 1 2 1 over three rows
        int spread = Math.round(noise * 630);
        for (int y = 0; y < height; y++) {
            int above = Math.max(0, y - 1) * stride;
            int here = y * stride;
            int below = Math.min(height - 1, y + 1) * stride;
            for (int i = 0; i < stride; i++) {
                column[i] = (bgr[above + i] & 0xFF) + 2 * (bgr[here + i] & 0xFF) + (bgr[below + i] & 0xFF);
            }
            for (int x = 0, i = 0; x < width; x++) {
                int left = x > 0 ? 3 : 0;
                int right = x + 1 < width ? 3 : 0;
                int random = SceneRandom.mixed(x, y, key);
                int grain = (random & 0xFF) - ((random >>> 8) & 0xFF); // light and dark
                for (int channel = 0; channel < 3; channel++, i++) {
                    int blurred = column[i - left] + 2 * column[i] + column[i + right];
                    int level = ((bgr[here + i] & 0xFF) * keep * 16 + blurred * (256 - keep)) >> 4;
                    int tint = ((random >>> (16 + 5 * channel)) & 31) - 16;
                    int noisy = level + (grain + 3 * tint) * spread / 256 + 128;
                    out[here + i] = (byte) Math.clamp(noisy >> 8, 0, 255);
                }
            }
        }
        return new Scene(new Raster(size, out), new LabelMap(size, Arrays.copyOf(labels, labels.length)));
    }
}
