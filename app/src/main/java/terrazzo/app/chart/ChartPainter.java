package terrazzo.app.chart;

import java.nio.IntBuffer;
import java.util.Optional;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import terrazzo.app.chart.Chart.Content;
import terrazzo.app.chart.ChartLink.Range;
import terrazzo.train.figure.Axis;
import terrazzo.train.figure.Figure;
import terrazzo.train.figure.FigurePainter;
import terrazzo.train.figure.Fit;
import terrazzo.train.figure.Look;
import terrazzo.train.figure.Pen.Area;

/// Draws one chart, frame after frame, into two pictures by turns: while one is on screen the other is drawn. Any
/// thread, one frame at a time.
final class ChartPainter {

    private final FigurePainter painter = new FigurePainter();
    private final PixelPen pen = new PixelPen();
    private Picture front = new Picture(1, 1);
    private Picture back = new Picture(1, 1);

    /// What is to be seen.
    ///
    /// @param content the curves
    /// @param range the part of the horizontal axis, all of it when empty
    /// @param heldY the vertical axis, one that fits when empty
    /// @param left the plot begins there or further to the right
    record View(Content content, Optional<Range> range, Optional<Axis> heldY, double left) {

        Axis x() {
            return range.map(r -> Axis.around(
                            r.low(), r.high(), content.x().scale(), content.x().unit()))
                    .orElse(content.x());
        }

        Figure figure() {
            Axis x = x();
            Axis y = heldY.orElseGet(() -> Fit.y(content.traces(), x, content.yScale(), content.isClipped()));
            return new Figure(content.traces(), x, y, Figure.Words.NONE);
        }
    }

    /// How large it is and what it looks like.
    ///
    /// @param width of the chart
    /// @param height of the chart
    /// @param scale pixels for each unit of these
    record Shape(double width, double height, double scale, Look look) {

        int pixelWidth() {
            return (int) Math.ceil(width * scale);
        }

        int pixelHeight() {
            return (int) Math.ceil(height * scale);
        }
    }

    /// A picture and the array behind it.
    private static final class Picture {

        private final int width;
        private final int height;
        private final int[] pixels;
        private final PixelBuffer<IntBuffer> buffer;
        private final Image image;

        Picture(int width, int height) {
            this.width = width;
            this.height = height;
            this.pixels = new int[width * height];
            this.buffer = new PixelBuffer<>(width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
            this.image = new WritableImage(buffer);
        }

        boolean is(int otherWidth, int otherHeight) {
            return width == otherWidth && height == otherHeight;
        }
    }

    ChartFrame paint(View view, Shape shape) {
        long start = System.nanoTime();
        Figure figure = view.figure();
        if (!back.is(shape.pixelWidth(), shape.pixelHeight())) {
            back = new Picture(shape.pixelWidth(), shape.pixelHeight());
        }
        Picture drawn = back;
        pen.begin(drawn.pixels, drawn.width, shape.scale());
        Area whole = new Area(0, 0, shape.width(), shape.height());
        double left = painter.plot(figure, pen, whole).x();
        double inset = Math.max(0, view.left() - left);
        if (inset > 0) {
            pen.fill(whole, shape.look().background());
        }
        Area plot = painter.paint(
                figure, pen, new Area(inset, 0, Math.max(1, shape.width() - inset), shape.height()), shape.look());
        back = front;
        front = drawn;
        return new ChartFrame(drawn.image, pen.labels(), figure, plot, left, System.nanoTime() - start);
    }

    /// Lets the toolkit know that a picture was drawn; on the UI thread, before it is shown.
    void shown() {
        front.buffer.updateBuffer(_ -> null);
    }
}
