package terrazzo.train.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import terrazzo.train.figure.Axis.Scale;
import terrazzo.train.figure.Axis.Unit;

final class OutliersTest {

    @Test
    void leavesSpikesOutOfTheUsualRange() {
        double[] values = rising(1001, 1, 2);
        values[500] = 1e6;
        assertArrayEquals(new double[] {1, 2}, Outliers.range(values), 1e-9);
    }

    @Test
    void keepsEachOfAFewValues() {
        assertArrayEquals(new double[] {20, 45}, Outliers.range(new double[] {20, 42, 44, 45}));
        double[] nineteen = new double[19];
        nineteen[0] = 1e6;
        assertArrayEquals(new double[] {0, 1e6}, Outliers.range(nineteen));
        assertArrayEquals(new double[] {0, 0}, Outliers.range(Arrays.copyOf(new double[] {1e6}, 20)), "one in twenty");
    }

    @Test
    void keepsTheStepsOfAConstant() {
        double[] rate = new double[100];
        Arrays.fill(rate, 0.01);
        Arrays.fill(rate, 90, 100, 0.001);
        assertArrayEquals(new double[] {0.001, 0.01}, Outliers.range(rate));
    }

    @Test
    void leavesOutATwentiethAtMost() {
        double[] values = rising(100, 1, 2);
        Arrays.fill(values, 0, 10, 1e6); // a tenth
        assertEquals(1e6, Outliers.range(values)[1]);
        Arrays.fill(values, 5, 10, 1.5);
        assertEquals(2, Outliers.range(values)[1]);
    }

    @Test
    void keepsWhatMakesTheRangeTwiceAsHighAtMost() {
        double[] loss = new double[200]; // a beginning, a plateau, a spike
        Arrays.setAll(loss, i -> i < 5 ? 1.2 - i * 0.1 : 0.2 + i % 10 * 0.06);
        loss[100] = 14;
        // without both: 0.2 to 0.74, and twice as high: up to 1.28
        assertArrayEquals(new double[] {0.2, 1.2}, Outliers.range(loss), 1e-9);
    }

    @Test
    void saysNothingWhereThereIsNoNumber() {
        assertArrayEquals(
                new double[] {Double.NaN, Double.NaN},
                Outliers.range(new double[] {Double.NaN, Double.POSITIVE_INFINITY}));
    }

    @Test
    void anAxisLeavesOutliersOutsideWhenAsked() {
        double[] values = new double[101];
        Arrays.setAll(values, i -> 1 + i % 10 / 9.0);
        values[0] = -5;
        assertEquals(around(1, 2), y(values, true));
        assertEquals(around(-5, 2), y(values, false));
    }

    @Test
    void anAxisShowsEachOfAFewScores() {
        assertEquals(around(20, 45), y(new double[] {20, 42, 44, 45}, true));
    }

    @Test
    void whatAScheduleSetsIsNotSmoothed() {
        for (String key : List.of("lr", "base_lr", "momentum", "train/lr", "optim.head.lr")) {
            assertEquals(0, RunCurves.weight(key, 0.9), key);
        }
        for (String key : List.of("loss", "mIoU", "decode.loss_clr", "grad_norm")) {
            assertEquals(0.9, RunCurves.weight(key, 0.9), key);
        }
    }

    private static double[] rising(int count, double from, double to) {
        return IntStream.range(0, count)
                .mapToDouble(i -> from + (to - from) * i / (count - 1))
                .toArray();
    }

    private static Axis around(double low, double high) {
        return Axis.around(low, high, Scale.LINEAR, Unit.NUMBER).padded(0.04);
    }

    private static Axis y(double[] values, boolean clipped) {
        double[] xs = rising(values.length, 0, values.length - 1);
        List<Trace> traces = List.of(Trace.of(Curve.of("a", 0, xs, values)));
        return Fit.y(traces, new Axis(0, values.length, Scale.LINEAR, Unit.NUMBER), Scale.LINEAR, clipped);
    }
}
