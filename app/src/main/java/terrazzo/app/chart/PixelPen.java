package terrazzo.app.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import terrazzo.train.figure.Pen;

/// Draws figures into an array of pixels, many times faster than the toolkit strokes lines in software. Lines are
/// drawn in two steps: how far each pixel is covered by any part of the line, and then its colour once, so that a
/// pale line is not darker where it crosses itself. Texts are only collected; the toolkit writes them.
/// One thread at a time.
final class PixelPen implements Pen {

    private static final int FULL = 255;

    /// Red and blue, which are blended at once.
    private static final int EVEN = 0xff00ff;

    private static final int ODD = 0xff00;

    /// Lines of fewer points are drawn exactly even where these are closer than pixels.
    private static final int FEWEST_DENSE = 64;

    private final Letters letters = new Letters();
    private final List<Label> labels = new ArrayList<>();
    private int[] pixels = new int[0];
    private byte[] cover = new byte[0];
    private double[] highest = new double[0];
    private double[] lowest = new double[0];
    private int width;
    private int height;
    private double scale = 1;

    // What may be drawn to, in pixels; right and bottom lie outside.
    private int left;
    private int top;
    private int right;
    private int bottom;

    /// A text to be written.
    ///
    /// @param x of its left end
    /// @param y of its base line
    record Label(String text, double x, double y, Lettering lettering) {}

    /// Begins a picture.
    ///
    /// @param into opaque ARGB, row by row; written to until the next call
    /// @param pixelWidth of the picture
    /// @param pixelsPerUnit of coordinates, above 1 on fine screens
    void begin(int[] into, int pixelWidth, double pixelsPerUnit) {
        pixels = into;
        width = pixelWidth;
        height = into.length / pixelWidth;
        scale = pixelsPerUnit;
        if (cover.length < into.length) {
            cover = new byte[into.length];
        }
        labels.clear();
        unclip();
    }

    /// The texts of the picture.
    List<Label> labels() {
        return List.copyOf(labels);
    }

    @Override
    public void polyline(double[] xs, double[] ys, int count, Stroke stroke) {
        double half = stroke.width() * scale / 2;
        if (count == 2 && (xs[0] == xs[1] || ys[0] == ys[1])) {
            straight(xs, ys, half, stroke);
            return;
        }
        double x0 = Double.POSITIVE_INFINITY;
        double x1 = Double.NEGATIVE_INFINITY;
        double y0 = Double.POSITIVE_INFINITY;
        double y1 = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            x0 = Math.min(x0, xs[i] * scale);
            x1 = Math.max(x1, xs[i] * scale);
            y0 = Math.min(y0, ys[i] * scale);
            y1 = Math.max(y1, ys[i] * scale);
        }
        if (count > Math.max(FEWEST_DENSE, x1 - x0)) {
            dense(xs, ys, count, stroke);
            return;
        }
        for (int i = 0; i + 1 < count; i++) {
            segment(xs[i] * scale, ys[i] * scale, xs[i + 1] * scale, ys[i + 1] * scale, half);
        }
        double room = half + 2;
        paint(new Area(x0 - room, y0 - room, x1 - x0 + 2 * room, y1 - y0 + 2 * room), stroke);
    }

    @Override
    public void dot(double x, double y, double radius, int rgb) {
        double cx = x * scale;
        double cy = y * scale;
        double r = radius * scale;
        for (int row = Math.max(top, (int) (cy - r - 1)); row < Math.min(bottom, (int) (cy + r + 2)); row++) {
            for (int column = Math.max(left, (int) (cx - r - 1));
                    column < Math.min(right, (int) (cx + r + 2));
                    column++) {
                blend(row * width + column, rgb, share(r + 0.5 - Math.hypot(column + 0.5 - cx, row + 0.5 - cy)));
            }
        }
    }

    @Override
    public void fill(Area area, int rgb) {
        rectangle(area.x() * scale, area.y() * scale, area.right() * scale, area.bottom() * scale, rgb, 1);
    }

    @Override
    public void text(String text, double x, double y, Anchor anchor, Lettering lettering) {
        if (text.isEmpty()) {
            return;
        }
        double shift = switch (anchor) {
            case START -> 0;
            case MIDDLE -> width(text, lettering) / 2;
            case END -> width(text, lettering);
        };
        labels.add(new Label(text, x - shift, y, lettering));
    }

    @Override
    public double width(String text, Lettering lettering) {
        return letters.width(text, lettering);
    }

    @Override
    public void clip(Area area) {
        left = Math.clamp(Math.round(area.x() * scale), 0, width);
        top = Math.clamp(Math.round(area.y() * scale), 0, height);
        right = Math.clamp(Math.round(area.right() * scale), 0, width);
        bottom = Math.clamp(Math.round(area.bottom() * scale), 0, height);
    }

    @Override
    public void unclip() {
        left = 0;
        top = 0;
        right = width;
        bottom = height;
    }

    /// A line along a row or a column, as grids have many.
    private void straight(double[] xs, double[] ys, double half, Stroke stroke) {
        boolean isLevel = ys[0] == ys[1];
        double x0 = Math.min(xs[0], xs[1]) * scale;
        double x1 = Math.max(xs[0], xs[1]) * scale;
        double y0 = Math.min(ys[0], ys[1]) * scale;
        double y1 = Math.max(ys[0], ys[1]) * scale;
        rectangle(
                isLevel ? x0 : x0 - half,
                isLevel ? y0 - half : y0,
                isLevel ? x1 : x1 + half,
                isLevel ? y1 + half : y1,
                stroke.rgb(),
                stroke.opacity());
    }

    private void rectangle(double x0, double y0, double x1, double y1, int rgb, double opacity) {
        int first = Math.max(left, (int) Math.floor(x0));
        int end = Math.min(right, (int) Math.ceil(x1));
        int whole = Math.max(first, (int) Math.ceil(x0));
        int wholeEnd = Math.max(whole, Math.min(end, (int) Math.floor(x1)));
        for (int row = Math.max(top, (int) Math.floor(y0)); row < Math.min(bottom, Math.ceil(y1)); row++) {
            double high = opacity * (Math.min(row + 1, y1) - Math.max(row, y0));
            int at = row * width;
            if (high >= 1) {
                Arrays.fill(pixels, at + whole, at + wholeEnd, 0xff000000 | rgb);
            } else {
                blend(at + whole, at + wholeEnd, rgb, share(high));
            }
            if (first < whole) {
                blend(at + first, rgb, share(high * (Math.min(whole, x1) - x0)));
            }
            if (wholeEnd < end) {
                blend(at + wholeEnd, rgb, share(high * (x1 - wholeEnd)));
            }
        }
    }

    /// A line with more points than columns of pixels: each column is coloured from its highest point to its lowest.
    private void dense(double[] xs, double[] ys, int count, Stroke stroke) {
        if (highest.length < width) {
            highest = new double[width];
            lowest = new double[width];
        }
        Arrays.fill(highest, left, right, Double.POSITIVE_INFINITY);
        Arrays.fill(lowest, left, right, Double.NEGATIVE_INFINITY);
        for (int i = 0; i + 1 < count; i++) {
            span(xs[i] * scale, ys[i] * scale, xs[i + 1] * scale, ys[i + 1] * scale);
        }
        double half = stroke.width() * scale / 2;
        for (int column = left; column < right; column++) {
            column(column, highest[column] - half, lowest[column] + half, stroke);
        }
    }

    /// Widens the columns that a segment goes through, each by the part that lies within it.
    private void span(double x0, double y0, double x1, double y1) {
        int first = Math.max(left, (int) Math.floor(x0));
        int last = Math.min(right - 1, (int) Math.floor(x1));
        double slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
        for (int column = first; column <= last; column++) {
            double begin = column <= x0 ? y0 : y0 + (column - x0) * slope;
            double end = column + 1 < x1 ? y0 + (column + 1 - x0) * slope : y1;
            highest[column] = Math.min(highest[column], Math.min(begin, end));
            lowest[column] = Math.max(lowest[column], Math.max(begin, end));
        }
    }

    /// Colours a column of pixels from `from` to `to`, softly at both ends; nothing where `to` lies above `from`.
    private void column(int column, double from, double to, Stroke stroke) {
        int first = Math.max(top, (int) Math.floor(from));
        int end = Math.min(bottom, (int) Math.ceil(to));
        for (int row = first; row < end; row++) {
            double covered = Math.min(row + 1, to) - Math.max(row, from);
            blend(row * width + column, stroke.rgb(), share(covered * stroke.opacity()));
        }
    }

    /// Covers what lies within `half` pixels of a segment, with soft edges.
    private void segment(double x0, double y0, double x1, double y1, double half) {
        double length = Math.hypot(x1 - x0, y1 - y0);
        double ux = length < 1e-9 ? 1 : (x1 - x0) / length;
        double uy = length < 1e-9 ? 0 : (y1 - y0) / length;
        double reach = half + 0.5;
        int from = Math.max(top, (int) Math.floor(Math.min(y0, y1) - reach));
        int to = Math.min(bottom - 1, (int) Math.ceil(Math.max(y0, y1) + reach));
        double across = Math.abs(uy) < 0.05 ? Double.POSITIVE_INFINITY : reach / Math.abs(uy);
        int first = Math.max(left, (int) Math.floor(Math.min(x0, x1) - reach));
        int last = Math.min(right - 1, (int) Math.ceil(Math.max(x0, x1) + reach));
        for (int row = from; row <= to; row++) {
            double dy = row + 0.5 - y0;
            int begin = first;
            int end = last;
            if (across < Double.POSITIVE_INFINITY) {
                double middle = x0 + dy * ux / uy - 0.5;
                begin = Math.max(first, (int) Math.ceil(middle - across));
                end = Math.min(last, (int) Math.floor(middle + across));
            }
            for (int column = begin; column <= end; column++) {
                double dx = column + 0.5 - x0;
                double along = dx * ux + dy * uy;
                double beside = Math.abs(dx * uy - dy * ux);
                double beyond = along < 0 ? -along : along - length;
                double distance = beyond <= 0 ? beside : Math.sqrt(beside * beside + beyond * beyond);
                int share = share(reach - distance);
                int at = row * width + column;
                if (share > (cover[at] & FULL)) {
                    cover[at] = (byte) share;
                }
            }
        }
    }

    /// Colours what is covered within an area of pixels, and uncovers it.
    private void paint(Area area, Stroke stroke) {
        int opacity = (int) Math.round(stroke.opacity() * 256);
        int first = Math.max(left, (int) area.x());
        int end = Math.min(right, (int) Math.ceil(area.right()));
        for (int row = Math.max(top, (int) area.y()); row < Math.min(bottom, Math.ceil(area.bottom())); row++) {
            for (int at = row * width + first; at < row * width + end; at++) {
                int share = cover[at] & FULL;
                if (share != 0) {
                    cover[at] = 0;
                    blend(at, stroke.rgb(), (share * opacity) >> 8);
                }
            }
        }
    }

    private void blend(int from, int to, int rgb, int share) {
        for (int at = from; at < to; at++) {
            blend(at, rgb, share);
        }
    }

    private void blend(int at, int rgb, int share) {
        if (share >= FULL) {
            pixels[at] = 0xff000000 | rgb;
            return;
        }
        int old = pixels[at];
        int weight = share + (share >> 7); // of 256
        int even = (old & EVEN) + ((((rgb & EVEN) - (old & EVEN)) * weight) >> 8);
        int odd = (old & ODD) + ((((rgb & ODD) - (old & ODD)) * weight) >> 8);
        pixels[at] = 0xff000000 | (even & EVEN) | (odd & ODD);
    }

    private static int share(double covered) {
        return covered >= 1 ? FULL : covered <= 0 ? 0 : (int) (covered * FULL + 0.5);
    }
}
