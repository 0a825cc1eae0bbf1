package terrazzo.app.chart;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import terrazzo.train.figure.Pen;

/// Draws figures on a canvas.
final class FxPen implements Pen {

    private static final String FAMILY = "Inter";

    private final GraphicsContext graphics;
    private final Map<Lettering, Font> fonts = new HashMap<>();
    private final Map<String, Double> widths = new HashMap<>();
    private final Text measure = new Text();

    FxPen(GraphicsContext graphics) {
        this.graphics = graphics;
        graphics.setLineCap(StrokeLineCap.ROUND);
        graphics.setLineJoin(StrokeLineJoin.BEVEL);
    }

    @Override
    public void polyline(double[] xs, double[] ys, int count, Stroke stroke) {
        graphics.setStroke(colour(stroke.rgb(), stroke.opacity()));
        graphics.setLineWidth(stroke.width());
        graphics.strokePolyline(xs, ys, count);
    }

    @Override
    public void dot(double x, double y, double radius, int rgb) {
        graphics.setFill(colour(rgb, 1));
        graphics.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    @Override
    public void fill(Area area, int rgb) {
        graphics.setFill(colour(rgb, 1));
        graphics.fillRect(area.x(), area.y(), area.width(), area.height());
    }

    @Override
    public void text(String text, double x, double y, Anchor anchor, Lettering lettering) {
        graphics.setFill(colour(lettering.rgb(), 1));
        graphics.setFont(font(lettering));
        graphics.setTextAlign(
                switch (anchor) {
                    case START -> TextAlignment.LEFT;
                    case MIDDLE -> TextAlignment.CENTER;
                    case END -> TextAlignment.RIGHT;
                });
        graphics.fillText(text, x, y);
    }

    @Override
    public double width(String text, Lettering lettering) {
        if (widths.size() > 4096) {
            widths.clear(); // labels of places passed long ago
        }
        return widths.computeIfAbsent(text + lettering.size() + lettering.bold(), _ -> {
            measure.setFont(font(lettering));
            measure.setText(text);
            return measure.getLayoutBounds().getWidth();
        });
    }

    @Override
    public void clip(Area area) {
        graphics.save();
        graphics.beginPath();
        graphics.rect(area.x(), area.y(), area.width(), area.height());
        graphics.clip();
    }

    @Override
    public void unclip() {
        graphics.restore();
    }

    static Color colour(int rgb, double opacity) {
        return Color.rgb((rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff, opacity);
    }

    private Font font(Lettering lettering) {
        Lettering key = new Lettering(0, lettering.size(), lettering.bold());
        return fonts.computeIfAbsent(
                key, k -> Font.font(FAMILY, k.bold() ? FontWeight.SEMI_BOLD : FontWeight.NORMAL, k.size()));
    }
}
