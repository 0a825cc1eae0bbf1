package terrazzo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("ui")
class FontsTest {

    static Stream<String> fonts() {
        return Theme.FONTS.stream();
    }

    @ParameterizedTest
    @MethodSource("fonts")
    void allDigitsAreEquallyWide(String file) throws IOException {
        Font font = load(file);
        double zeros = width(font, 0);
        List<Integer> others = IntStream.range(1, 10)
                .filter(digit -> Math.abs(width(font, digit) - zeros) > 0.2)
                .boxed()
                .toList();
        assertEquals(List.of(), others, font.getName());
    }

    private static Font load(String file) throws IOException {
        try (InputStream in = FontsTest.class.getResourceAsStream(file)) {
            Font font = Font.loadFont(in, 13);
            assertNotNull(font, file);
            return font;
        }
    }

    /// Of eight of them, units of layout.
    private static double width(Font font, int digit) {
        Text text = new Text(String.valueOf(digit).repeat(8));
        text.setFont(font);
        return text.getLayoutBounds().getWidth();
    }
}
