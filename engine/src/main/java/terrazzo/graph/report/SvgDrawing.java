package terrazzo.graph.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import terrazzo.graph.report.LayeredLayout.Extent;
import terrazzo.graph.report.LayeredLayout.Place;
import terrazzo.graph.report.LayeredLayout.Point;

/// A [Diagram] as SVG. Colours are those of the part of the model, and a reader without them loses nothing.
public final class SvgDrawing {

    private static final double MARGIN = 24;
    private static final double HEADER = 58;
    private static final double BOX_HEIGHT = 52;
    private static final double STEP_HEIGHT = 24;
    private static final double LETTER = 6.7; // wide enough for most fonts at 11 px
    private static final double BOLD_LETTER = 8.3; // at 12.5 px

    /// Fill and edge for parts in the order in which they appear; each text on each fill has a contrast above 7:1.
    private static final List<List<String>> COLOURS = List.of(
            List.of("#e3eefb", "#3b78c4"),
            List.of("#fdeedc", "#c9791a"),
            List.of("#e4f4e6", "#3c9150"),
            List.of("#f3e6f7", "#8d4fa8"),
            List.of("#fbe6e6", "#c04848"));

    private static final List<String> PLAIN = List.of("#ffffff", "#8a929b");

    private final String title;
    private final String subtitle;
    private final Diagram diagram;
    private final LayeredLayout layout;
    private final Map<String, List<String>> colourByPart = new LinkedHashMap<>();
    private final StringBuilder svg = new StringBuilder();

    private SvgDrawing(String title, String subtitle, Diagram diagram) {
        this.title = title;
        this.subtitle = subtitle;
        this.diagram = diagram;
        this.layout = new LayeredLayout(
                diagram, diagram.boxes().stream().map(SvgDrawing::extent).toList());
        for (Diagram.Box box : diagram.boxes()) {
            if (!box.part().isEmpty()) {
                colourByPart.computeIfAbsent(box.part(), _ -> COLOURS.get(colourByPart.size() % COLOURS.size()));
            }
        }
    }

    /// The text of a whole SVG file.
    ///
    /// @param title for its top, for example the config's name
    /// @param subtitle under it, muted
    public static String of(String title, String subtitle, Diagram diagram) {
        return new SvgDrawing(title, subtitle, diagram).draw();
    }

    private static Extent extent(Diagram.Box box) {
        if (box.step()) {
            return new Extent(Math.max(30, 18 + LETTER * stepText(box).length()), STEP_HEIGHT);
        }
        double title = BOLD_LETTER * box.title().length();
        double name = LETTER * name(box).length();
        double figures =
                LETTER * (box.output().toString().length() + counted(box).length() + 2);
        return new Extent(Math.max(120, 20 + Math.max(title, Math.max(name, figures))), BOX_HEIGHT);
    }

    /// What is left of the path below the part, or the part.
    private static String name(Diagram.Box box) {
        String path = box.path();
        return path.length() > box.part().length() ? path.substring(box.part().length() + 1) : path;
    }

    private static String stepText(Diagram.Box box) {
        return switch (box.title()) {
            case "add" -> "+";
            case "mul" -> "×";
            case "scaleddotproduct" -> "attention";
            case "resize", "image", "logits" -> box.title() + " " + box.output();
            default -> box.title();
        };
    }

    private static String counted(Diagram.Box box) {
        return box.parameters() == 0 ? "" : brief(box.parameters());
    }

    /// `1.2 M`, `34 k`, `560`.
    private static String brief(long n) {
        if (n >= 1_000_000) {
            return String.format(Locale.ROOT, n < 100_000_000 ? "%.1f M" : "%.0f M", n / 1e6);
        }
        return n >= 1000 ? String.format(Locale.ROOT, n < 10_000 ? "%.1f k" : "%.0f k", n / 1e3) : Long.toString(n);
    }

    private String draw() {
        double width = Math.max(layout.width(), LETTER * 1.4 * title.length()) + 2 * MARGIN;
        double height = layout.height() + HEADER + 2 * MARGIN;
        svg.append("""
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" \
            font-family="Inter, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif">
            <title>%3$s</title>
            <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" \
            orient="auto"><path d="M0 0.5 8 4 0 7.5z" fill="#8a929b"/></marker></defs>
            <rect width="100%%" height="100%%" fill="#ffffff"/>
            """.formatted(px(width), px(height), escaped(title)));
        text(MARGIN, MARGIN + 12, "font-size=\"16\" font-weight=\"600\" fill=\"#1f2328\"", title);
        text(MARGIN, MARGIN + 32, "font-size=\"12\" fill=\"#59636e\"", subtitle);
        double offset = Math.max(0, (width - 2 * MARGIN - layout.width()) / 2);
        line("<g transform=\"translate(%s %s)\">".formatted(px(MARGIN + offset), px(MARGIN + HEADER)));
        line("<g fill=\"none\" stroke=\"#8a929b\" stroke-width=\"1.2\">");
        diagram.lines().forEach(this::curve);
        line("</g>");
        for (int i = 0; i < diagram.boxes().size(); i++) {
            Diagram.Box box = diagram.boxes().get(i);
            if (box.step()) {
                step(box, layout.box(i));
            } else {
                part(box, layout.box(i));
            }
        }
        line("</g>");
        line("</svg>");
        return svg.toString();
    }

    private void part(Diagram.Box box, Place at) {
        List<String> colours = colours(box);
        double left = at.x() - at.width() / 2;
        String parameters = String.format(Locale.ROOT, "%,d", box.parameters());
        line("<g><title>%s: %s, gives %s, %s parameters</title>"
                .formatted(escaped(box.path()), escaped(box.title()), box.output(), parameters));
        rectangle(at, "rx=\"6\" fill=\"%s\" stroke=\"%s\"".formatted(colours.getFirst(), colours.getLast()));
        text(left + 10, at.y() + 16, "font-size=\"11\" fill=\"#59636e\"", name(box));
        text(left + 10, at.y() + 31, "font-size=\"12.5\" font-weight=\"600\" fill=\"#1f2328\"", box.title());
        text(
                left + 10,
                at.y() + 45,
                "font-size=\"11\" fill=\"#3d444d\"",
                box.output().toString());
        double right = left + at.width() - 10;
        text(right, at.y() + 45, "font-size=\"11\" text-anchor=\"end\" fill=\"#59636e\"", counted(box));
        line("</g>");
    }

    private void step(Diagram.Box box, Place at) {
        rectangle(
                at,
                "rx=\"12\" fill=\"#ffffff\" stroke=\"%s\""
                        .formatted(colours(box).getLast()));
        text(at.x(), at.y() + 16, "font-size=\"11.5\" text-anchor=\"middle\" fill=\"#1f2328\"", stepText(box));
    }

    private void rectangle(Place at, String attributes) {
        line("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s/>"
                .formatted(px(at.x() - at.width() / 2), px(at.y()), px(at.width()), px(at.height()), attributes));
    }

    private List<String> colours(Diagram.Box box) {
        return colourByPart.getOrDefault(box.part(), PLAIN);
    }

    /// Straight down through the rows it passes, curved between them.
    private void curve(Diagram.Line line) {
        List<Point> points = layout.line(line);
        StringBuilder path = new StringBuilder("M" + at(points.getFirst()));
        for (int i = 1; i < points.size(); i++) {
            Point a = points.get(i - 1);
            Point b = points.get(i);
            double middle = (a.y() + b.y()) / 2;
            path.append(
                    a.x() == b.x()
                            ? "V" + px(b.y())
                            : "C" + at(new Point(a.x(), middle)) + " " + at(new Point(b.x(), middle)) + " " + at(b));
        }
        line("<path d=\"%s\" marker-end=\"url(#tip)\"/>".formatted(path));
    }

    private void text(double x, double y, String attributes, String content) {
        if (!content.isEmpty()) {
            line("<text x=\"%s\" y=\"%s\" %s>%s</text>".formatted(px(x), px(y), attributes, escaped(content)));
        }
    }

    private void line(String text) {
        svg.append(text).append('\n');
    }

    private static String at(Point point) {
        return px(point.x()) + " " + px(point.y());
    }

    /// A length with a tenth of a pixel.
    private static String px(double length) {
        return String.format(Locale.ROOT, "%.1f", length);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
