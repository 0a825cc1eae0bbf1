package terrazzo.train.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import terrazzo.core.Scale;

/// Draws figures as PNG, without a display.
public final class PngFigure {

    /// Dots for each pixel of the layout, so that figures stay sharp in papers and on fine screens.
    private static final int DENSITY = 2;

    private PngFigure() {}

    /// Writes figures, one below the other.
    ///
    /// @param size of the layout; the picture has twice as many dots each way
    public static void write(List<Figure> figures, Scale size, Look look, OutputStream out) throws IOException {
        ImageIO.write(image(figures, size, look), "png", out);
    }

    static BufferedImage image(List<Figure> figures, Scale size, Look look) {
        BufferedImage image =
                new BufferedImage(size.width() * DENSITY, size.height() * DENSITY, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(DENSITY, DENSITY);
        FigurePainter painter = new FigurePainter();
        AwtPen pen = new AwtPen(graphics);
        for (int i = 0; i < figures.size(); i++) {
            painter.paint(figures.get(i), pen, Figure.panel(size, i, figures.size()), look);
        }
        graphics.dispose();
        return image;
    }

    /// Draws with the JDK's own graphics.
    private static final class AwtPen implements Pen {

        private final Graphics2D graphics;
        private @Nullable Shape unclipped;

        AwtPen(Graphics2D graphics) {
            this.graphics = graphics;
        }

        @Override
        public void polyline(double[] xs, double[] ys, int count, Stroke stroke) {
            if (count < 2) {
                return;
            }
            Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO, count);
            path.moveTo(xs[0], ys[0]);
            for (int i = 1; i < count; i++) {
                path.lineTo(xs[i], ys[i]);
            }
            graphics.setColor(new Color(stroke.rgb() | ((int) Math.round(stroke.opacity() * 255) << 24), true));
            graphics.setStroke(new BasicStroke((float) stroke.width(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(path);
        }

        @Override
        public void dot(double x, double y, double radius, int rgb) {
            graphics.setColor(new Color(rgb));
            graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        }

        @Override
        public void fill(Area area, int rgb) {
            graphics.setColor(new Color(rgb));
            graphics.fill(shape(area));
        }

        @Override
        public void text(String text, double x, double y, Anchor anchor, Lettering lettering) {
            graphics.setColor(new Color(lettering.rgb()));
            graphics.setFont(font(lettering));
            double shift = switch (anchor) {
                case START -> 0;
                case MIDDLE -> width(text, lettering) / 2;
                case END -> width(text, lettering);
            };
            graphics.drawString(text, (float) (x - shift), (float) y);
        }

        @Override
        public double width(String text, Lettering lettering) {
            return font(lettering)
                    .getStringBounds(text, graphics.getFontRenderContext())
                    .getWidth();
        }

        @Override
        public void clip(Area area) {
            unclipped = graphics.getClip();
            graphics.clip(shape(area));
        }

        @Override
        public void unclip() {
            graphics.setClip(unclipped);
        }

        private static Font font(Lettering lettering) {
            int style = lettering.bold() ? Font.BOLD : Font.PLAIN;
            return new Font(Font.SANS_SERIF, style, 1).deriveFont((float) lettering.size());
        }

        private static Shape shape(Area area) {
            return new Rectangle2D.Double(area.x(), area.y(), area.width(), area.height());
        }
    }
}
