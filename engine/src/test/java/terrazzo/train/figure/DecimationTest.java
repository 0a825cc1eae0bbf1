package terrazzo.train.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecimationTest {

    private static final int WIDTH = 100;

    private final Decimation decimation = new Decimation();

    @Test
    void keepsTheExtremesOfEveryColumn() {
        Random random = new Random(1);
        for (int size : new int[] {1000, 4097, 50_000}) {
            double[] ys = random.doubles(size).toArray();
            Curve curve = curve(ys);
            Axis axis = new Axis(size * 0.1, size * 0.8, Axis.Scale.LINEAR, Axis.Unit.NUMBER);
            decimation.run(curve, axis, WIDTH);
            assertTrue(decimation.size() <= 2 * WIDTH + 2, decimation.size() + " points");
            for (int column = 0; column < WIDTH; column++) {
                assertColumn(curve, axis, column);
            }
        }
    }

    @Test
    void keepsEveryPointWhereColumnsAreFewer() {
        double[] ys = new Random(2).doubles(50).toArray();
        decimation.run(curve(ys), new Axis(0, 49, Axis.Scale.LINEAR, Axis.Unit.NUMBER), WIDTH);
        assertArrayEquals(ys, Arrays.copyOf(decimation.ys(), decimation.size()));
    }

    @Test
    void keepsTheNeighboursOutsideSoThatLinesRunOut() {
        decimation.run(
                curve(new double[] {5, 6, 7, 8, 9}), new Axis(1.5, 2.5, Axis.Scale.LINEAR, Axis.Unit.NUMBER), WIDTH);
        assertArrayEquals(new double[] {6, 7, 8}, Arrays.copyOf(decimation.ys(), decimation.size()));
    }

    @Test
    void leavesAGapWhereAColumnHasNoNumbers() {
        double[] ys = new double[10_000];
        Arrays.fill(ys, 4000, 5000, Double.NaN);
        decimation.run(curve(ys), new Axis(0, 9999, Axis.Scale.LINEAR, Axis.Unit.NUMBER), WIDTH);
        assertTrue(Arrays.stream(decimation.ys(), 0, decimation.size()).anyMatch(Double::isNaN));
    }

    @Test
    void findsExtremesOfAnyStretch() {
        Random random = new Random(3);
        double[] ys = random.doubles(10_000).map(v -> v < 0.3 ? Double.NaN : v).toArray();
        Extremes extremes = new Extremes(ys, ys.length);
        for (int i = 0; i < 2000; i++) {
            int from = random.nextInt(ys.length);
            int to = from + random.nextInt(ys.length - from + 1);
            double[] finite =
                    Arrays.stream(ys, from, to).filter(Double::isFinite).toArray();
            long found = extremes.find(from, to);
            assertEquals(finite.length > 0, found != Extremes.NOTHING);
            if (finite.length > 0) {
                assertEquals(Arrays.stream(finite).min().orElseThrow(), ys[Extremes.min(found)]);
                assertEquals(Arrays.stream(finite).max().orElseThrow(), ys[Extremes.max(found)]);
            }
        }
    }

    /// The smallest and the largest of what falls into a column are among what is left.
    private void assertColumn(Curve curve, Axis axis, int column) {
        int from = curve.lowerBound(axis.value((double) column / WIDTH));
        int to = curve.lowerBound(axis.value((column + 1.0) / WIDTH));
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            min = Math.min(min, curve.y(i));
            max = Math.max(max, curve.y(i));
        }
        double[] left = Arrays.copyOf(decimation.ys(), decimation.size());
        double least = min;
        double most = max;
        assertTrue(Arrays.stream(left).anyMatch(y -> y == least), "the minimum of column " + column);
        assertTrue(Arrays.stream(left).anyMatch(y -> y == most), "the maximum of column " + column);
    }

    private static Curve curve(double[] ys) {
        double[] xs = new double[ys.length];
        Arrays.setAll(xs, i -> i);
        return Curve.of("c", 0, xs, ys);
    }
}
