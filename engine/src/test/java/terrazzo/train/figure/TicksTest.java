package terrazzo.train.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import terrazzo.train.figure.Axis.Scale;
import terrazzo.train.figure.Axis.Unit;

final class TicksTest {

    @Test
    void marksRoundNumbers() {
        assertEquals(
                List.of("0", "10k", "20k", "30k", "40k"), labels(new Axis(-400, 40_400, Scale.LINEAR, Unit.NUMBER), 5));
        assertEquals(List.of("0.02", "0.04", "0.06"), labels(new Axis(0.011, 0.07, Scale.LINEAR, Unit.NUMBER), 4));
        assertEquals(List.of("-1", "0", "1"), labels(new Axis(-1.5, 1.5, Scale.LINEAR, Unit.NUMBER), 3));
    }

    @Test
    void tellsNeighboursApart() {
        assertEquals(
                List.of("0.04996", "0.04998", "0.05000"),
                labels(new Axis(0.04995, 0.05, Scale.LINEAR, Unit.NUMBER), 3));
        assertEquals(List.of("1e-4", "1.001e-4"), labels(new Axis(0.0001, 0.00010011, Scale.LINEAR, Unit.NUMBER), 1));
    }

    @Test
    void marksALowAxisTwice() {
        // 0.3 to 3 in two steps is 1.35, rounded 2: one mark
        assertEquals(List.of("1", "2", "3"), labels(new Axis(0.3, 3, Scale.LINEAR, Unit.NUMBER), 2));
    }

    @Test
    void marksRoundTimes() {
        assertEquals(List.of("0", "1 h", "2 h", "3 h"), labels(new Axis(0, 11_000, Scale.LINEAR, Unit.DURATION), 4));
        assertEquals(
                List.of("0", "15 min", "30 min", "45 min"), labels(new Axis(0, 3000, Scale.LINEAR, Unit.DURATION), 4));
    }

    @Test
    void saysTheDateWhereNoMarkIsMidnight() {
        double noon = LocalDateTime.of(2026, 3, 4, 12, 0)
                .atZone(ZoneId.systemDefault())
                .toEpochSecond();
        assertEquals(
                List.of("03-04 12:00", "12:30", "13:00"),
                labels(new Axis(noon, noon + 3600, Scale.LINEAR, Unit.DATE), 2));
        assertEquals(
                List.of("18:00", "03-05", "06:00"),
                labels(new Axis(noon + 3600, noon + 20 * 3600, Scale.LINEAR, Unit.DATE), 4));
    }

    @Test
    void namesPowersOfTenOnALogarithmicAxis() {
        assertEquals(
                List.of("1e-5", "0.0001", "0.001", "0.01", "0.1", "1"),
                labels(new Axis(1e-5, 1, Scale.LOG, Unit.NUMBER), 6).stream()
                        .filter(l -> !l.isEmpty())
                        .toList());
    }

    @Test
    void writesValuesWithTheDigitsWorthReading() {
        assertEquals("0.02312", Ticks.text(0.0231234, Unit.NUMBER).substring(0, 7));
        assertEquals("46.7", Ticks.text(46.7, Unit.NUMBER));
        assertEquals("5e-5", Ticks.text(0.00005, Unit.NUMBER));
        assertEquals("NaN", Ticks.text(Double.NaN, Unit.NUMBER));
        assertEquals("2 d 3:05 h", Ticks.text(183_900, Unit.DURATION));
        assertEquals("12:30 min", Ticks.text(750, Unit.DURATION));
    }

    @Test
    void refusesAnAxisWithoutLength() {
        assertThrows(IllegalArgumentException.class, () -> new Axis(1, 1, Scale.LINEAR, Unit.NUMBER));
        assertEquals(new Axis(0.9, 1.1, Scale.LINEAR, Unit.NUMBER), Axis.around(1, 1, Scale.LINEAR, Unit.NUMBER));
    }

    @Test
    void smoothsWithoutPullTowardsZero() {
        // weight 0.5: 4, then (0.5*4 + 0.5*... ) with the debiasing of TensorBoard: 4; (1*4 + 2*8)/3
        assertArrayEquals(new double[] {4, 20.0 / 3}, Smoothing.ema(new double[] {4, 8}, 0.5), 1e-12);
        assertArrayEquals(
                new double[] {4, Double.NaN, 20.0 / 3}, Smoothing.ema(new double[] {4, Double.NaN, 8}, 0.5), 1e-12);
    }

    private static List<String> labels(Axis axis, int most) {
        return Ticks.of(axis, most).stream().map(Ticks.Tick::label).toList();
    }
}
