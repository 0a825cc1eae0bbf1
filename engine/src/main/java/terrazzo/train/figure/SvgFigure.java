package terrazzo.train.figure;

import java.util.List;
import java.util.Locale;
import terrazzo.core.Scale;

/// Draws figures as SVG.
public final class SvgFigure {

    private SvgFigure() {}

    /// The text of an SVG file with figures, one below the other.
    public static String of(List<Figure> figures, Scale size, Look look) {
        SvgPen pen = new SvgPen();
        FigurePainter painter = new FigurePainter();
        for (int i = 0; i < figures.size(); i++) {
            painter.paint(figures.get(i), pen, Figure.panel(size, i, figures.size()), look);
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
            font-family="Inter, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', Helvetica, Arial, sans-serif">
            %3$s</svg>
            """.formatted(size.width(), size.height(), pen.svg);
    }

    /// Draws by writing elements.
    private static final class SvgPen implements Pen {

        /// Mean widths of letters in sans-serif fonts, in sizes of the font; wide enough for most.
        private static final double LETTER = 0.56;

        private static final double WIDE_LETTER = 1.0;
        private static final double BOLD = 1.08;

        private final StringBuilder svg = new StringBuilder();
        private int clips;

        @Override
        public void polyline(double[] xs, double[] ys, int count, Stroke stroke) {
            if (count < 2) {
                return;
            }
            svg.append("<polyline points=\"");
            for (int i = 0; i < count; i++) {
                svg.append(i == 0 ? "" : " ").append(px(xs[i])).append(',').append(px(ys[i]));
            }
            svg.append("\" fill=\"none\" stroke=\"")
                    .append(colour(stroke.rgb()))
                    .append("\" stroke-width=\"");
            svg.append(px(stroke.width())).append("\" stroke-linejoin=\"round\"");
            if (stroke.opacity() < 1) {
                svg.append(" stroke-opacity=\"").append(px(stroke.opacity())).append('"');
            }
            svg.append("/>\n");
        }

        @Override
        public void dot(double x, double y, double radius, int rgb) {
            element("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>"
                    .formatted(px(x), px(y), px(radius), colour(rgb)));
        }

        @Override
        public void fill(Area area, int rgb) {
            element("<rect %s fill=\"%s\"/>".formatted(place(area), colour(rgb)));
        }

        @Override
        public void text(String text, double x, double y, Anchor anchor, Lettering lettering) {
            if (text.isEmpty()) {
                return;
            }
            String anchored = switch (anchor) {
                case START -> "";
                case MIDDLE -> " text-anchor=\"middle\"";
                case END -> " text-anchor=\"end\"";
            };
            element("<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\"%s%s>%s</text>"
                    .formatted(
                            px(x),
                            px(y),
                            px(lettering.size()),
                            colour(lettering.rgb()),
                            lettering.bold() ? " font-weight=\"600\"" : "",
                            anchored,
                            text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
        }

        @Override
        public double width(String text, Lettering lettering) {
            double letters = text.codePoints()
                    .mapToDouble(c -> c >= 0x2e80 ? WIDE_LETTER : LETTER)
                    .sum();
            return letters * lettering.size() * (lettering.bold() ? BOLD : 1);
        }

        @Override
        public void clip(Area area) {
            clips++;
            element("<clipPath id=\"plot%d\"><rect %s/></clipPath>".formatted(clips, place(area)));
            element("<g clip-path=\"url(#plot%d)\">".formatted(clips));
        }

        @Override
        public void unclip() {
            element("</g>");
        }

        private void element(String text) {
            svg.append(text).append('\n');
        }

        private static String place(Area area) {
            return "x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
                    .formatted(px(area.x()), px(area.y()), px(area.width()), px(area.height()));
        }

        private static String colour(int rgb) {
            return String.format(Locale.ROOT, "#%06x", rgb);
        }

        /// A length with two decimals at most.
        private static String px(double length) {
            long hundredths = Math.round(length * 100);
            return hundredths % 100 == 0 ? Long.toString(hundredths / 100) : Double.toString(hundredths / 100.0);
        }
    }
}
