package terrazzo.train.figure;

/// What figures are drawn with. Coordinates are pixels from the top left, colours `0xRRGGBB`.
public interface Pen {

    /// How a line looks.
    ///
    /// @param rgb `0xRRGGBB`
    /// @param width in pixels
    /// @param opacity from 0 to 1
    record Stroke(int rgb, double width, double opacity) {

        public static Stroke of(int rgb, double width) {
            return new Stroke(rgb, width, 1);
        }
    }

    /// Which point of a text its position names.
    enum Anchor {
        /// The left end.
        START,
        /// The middle.
        MIDDLE,
        /// The right end.
        END
    }

    /// How a text looks.
    record Lettering(int rgb, double size, boolean bold) {}

    /// Draws a line through the first `count` points.
    void polyline(double[] xs, double[] ys, int count, Stroke stroke);

    /// Fills a disc.
    void dot(double x, double y, double radius, int rgb);

    /// Fills a rectangle.
    void fill(Area area, int rgb);

    /// Writes one line of text.
    ///
    /// @param x where [Anchor] says
    /// @param y of the base line
    void text(String text, double x, double y, Anchor anchor, Lettering lettering);

    /// How wide a text gets, in pixels.
    double width(String text, Lettering lettering);

    /// Draws only within an area, until [#unclip].
    void clip(Area area);

    void unclip();

    /// A rectangle in pixels.
    record Area(double x, double y, double width, double height) {

        public double right() {
            return x + width;
        }

        public double bottom() {
            return y + height;
        }

        public boolean contains(double px, double py) {
            return px >= x && px <= right() && py >= y && py <= bottom();
        }
    }

    /// One straight line.
    default void line(double x0, double y0, double x1, double y1, Stroke stroke) {
        polyline(new double[] {x0, x1}, new double[] {y0, y1}, 2, stroke);
    }
}
