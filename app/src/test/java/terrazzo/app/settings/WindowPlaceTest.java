package terrazzo.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowPlaceTest {

    private static final List<Rectangle2D> LAPTOP = List.of(new Rectangle2D(0, 0, 1920, 1080));
    private static final List<Rectangle2D> BOTH =
            List.of(new Rectangle2D(0, 0, 1920, 1080), new Rectangle2D(1920, -200, 2560, 1440));

    @ParameterizedTest
    @CsvSource(textBlock = """
        80, 24, true, true
        -8, -8, true, true
        2400, 100, false, true
        1880, 100, false, true
        80, -28, false, false
        80, 1060, false, false
        -1400, 24, false, false
        5000, 24, false, false
        """)
    void isReachedWhereItsTitleBarIsOnAScreen(double x, double y, boolean onLaptop, boolean onBoth) {
        WindowPlace place = new WindowPlace(x, y, 1440, 900, false);
        assertEquals(onLaptop, place.isOn(LAPTOP));
        assertEquals(onBoth, place.isOn(BOTH));
    }
}
