package terrazzo.train.figure;

import java.util.Arrays;

/// Reduces a curve to what its pixels show: for each column of pixels the smallest and the largest of the
/// values that fall into it, in their order. A line through these covers the pixels that one through all
/// points would. Where points are further apart than columns, all are kept. Reusable, so that panning
/// allocates nothing; one thread at a time.
public final class Decimation {

    private double[] xs = new double[256];
    private double[] ys = new double[256];
    private int size;

    /// The part of a curve within `[0, width)` pixels, with its neighbours on both sides, so that lines run
    /// out of the picture. A gap in the curve is a point whose y is NaN.
    ///
    /// @param curve with x that never decreases
    /// @param axis what of x is shown
    /// @param width of the plot in pixels
    public void run(Curve curve, Axis axis, int width) {
        size = 0;
        int count = curve.size();
        int from = Math.max(0, curve.lowerBound(axis.low()) - 1);
        int to = Math.min(count, curve.upperBound(axis.high()) + 1);
        if (to - from <= 2 * width) {
            copy(curve, from, to);
            return;
        }
        add(curve, from);
        int start = from + 1;
        for (int column = 0; column < width && start < to; column++) {
            int end = column == width - 1 ? to - 1 : curve.lowerBound(axis.value((column + 1.0) / width), start, to);
            column(curve, start, end);
            start = Math.max(start, end);
        }
        add(curve, to - 1);
    }

    /// How many points are left.
    public int size() {
        return size;
    }

    /// Their x, in values of the axis; the first [#size] count.
    public double[] xs() {
        return xs;
    }

    /// Their y; the first [#size] count.
    public double[] ys() {
        return ys;
    }

    private void column(Curve curve, int from, int to) {
        if (from >= to) {
            return;
        }
        long found = curve.extremes().find(from, to);
        if (found == Extremes.NOTHING) {
            add(curve, from); // not a number: a gap
            return;
        }
        int min = Extremes.min(found);
        int max = Extremes.max(found);
        add(curve, Math.min(min, max));
        if (min != max) {
            add(curve, Math.max(min, max));
        }
    }

    private void copy(Curve curve, int from, int to) {
        for (int i = from; i < to; i++) {
            add(curve, i);
        }
    }

    private void add(Curve curve, int index) {
        if (size == xs.length) {
            xs = Arrays.copyOf(xs, size * 2);
            ys = Arrays.copyOf(ys, size * 2);
        }
        xs[size] = curve.x(index);
        ys[size++] = curve.y(index);
    }
}
