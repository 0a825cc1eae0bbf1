package terrazzo.app.chart;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import terrazzo.train.figure.Pen.Lettering;

/// Fonts of labels and how wide these get. One thread at a time; any, because its text is in no window.
final class Letters {

    private static final String FAMILY = "Inter";
    private static final int MOST_WIDTHS = 4096;

    private final Map<Lettering, Font> fonts = new HashMap<>();
    private final Map<String, Double> widths = new HashMap<>();
    private final Text measure = new Text();

    /// The width of one line, px.
    double width(String text, Lettering lettering) {
        if (widths.size() > MOST_WIDTHS) {
            widths.clear(); // labels of places passed long ago
        }
        return widths.computeIfAbsent(text + lettering.size() + lettering.bold(), _ -> {
            measure.setFont(font(lettering));
            measure.setText(text);
            return measure.getLayoutBounds().getWidth();
        });
    }

    Font font(Lettering lettering) {
        Lettering key = new Lettering(0, lettering.size(), lettering.bold());
        return fonts.computeIfAbsent(
                key, k -> Font.font(FAMILY, k.bold() ? FontWeight.SEMI_BOLD : FontWeight.NORMAL, k.size()));
    }
}
