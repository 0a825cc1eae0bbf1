package terrazzo.train.figure;

import java.util.Arrays;

/// One line of a figure: points in the order of their x. Immutable; made ready for drawing once, so that it
/// can be made on one thread and drawn on another.
public final class Curve {

    private final String name;
    private final int rgb;
    private final double[] xs;
    private final double[] ys;
    private final Extremes extremes;
    private final int[] broken;
    private final double leastPositive;

    private Curve(String name, int rgb, double[] xs, double[] ys) {
        this.name = name;
        this.rgb = rgb;
        this.xs = xs;
        this.ys = ys;
        this.extremes = new Extremes(ys, ys.length);
        this.broken = broken(ys);
        this.leastPositive = leastPositive(ys);
    }

    /// A curve; the arrays are not copied, whoever hands them over stops writing to them.
    ///
    /// @param name for the legend
    /// @param rgb its colour, `0xRRGGBB`
    /// @param xs never decreasing, all finite numbers
    /// @param ys of the same length; NaN and infinities are gaps
    public static Curve of(String name, int rgb, double[] xs, double[] ys) {
        if (xs.length != ys.length) {
            throw new IllegalArgumentException("expected " + xs.length + " values, got " + ys.length);
        }
        return new Curve(name, rgb, xs, ys);
    }

    /// The same points under another name or in another colour.
    public Curve dressed(String newName, int newRgb) {
        return new Curve(newName, newRgb, this);
    }

    private Curve(String name, int rgb, Curve points) {
        this.name = name;
        this.rgb = rgb;
        this.xs = points.xs;
        this.ys = points.ys;
        this.extremes = points.extremes;
        this.broken = points.broken;
        this.leastPositive = points.leastPositive;
    }

    /// Other values at the same places; the array is not copied.
    Curve with(double[] otherYs) {
        return new Curve(name, rgb, xs, otherYs);
    }

    /// The values, not copied: whoever asks does not write to them.
    double[] ys() {
        return ys;
    }

    /// The smallest value above zero, infinity when there is none.
    double leastPositive() {
        return leastPositive;
    }

    public String name() {
        return name;
    }

    /// `0xRRGGBB`.
    public int rgb() {
        return rgb;
    }

    public int size() {
        return xs.length;
    }

    public double x(int index) {
        return xs[index];
    }

    public double y(int index) {
        return ys[index];
    }

    /// The x of values that are not finite numbers.
    double[] brokenXs() {
        return Arrays.stream(broken).mapToDouble(i -> xs[i]).toArray();
    }

    /// The first index whose x is `x` or more; [#size] when there is none.
    public int lowerBound(double x) {
        return lowerBound(x, 0, xs.length);
    }

    /// The first index whose x is above `x`; [#size] when there is none.
    public int upperBound(double x) {
        return lowerBound(Math.nextUp(x), 0, xs.length);
    }

    /// The index whose x is nearest to `x`, -1 when the curve is empty.
    public int nearest(double x) {
        int after = lowerBound(x);
        if (after == xs.length) {
            return xs.length - 1;
        }
        return after > 0 && x - xs[after - 1] < xs[after] - x ? after - 1 : after;
    }

    int lowerBound(double x, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (xs[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    Extremes extremes() {
        return extremes;
    }

    private static double leastPositive(double[] ys) {
        double least = Double.POSITIVE_INFINITY;
        for (double y : ys) {
            if (y > 0 && y < least) {
                least = y;
            }
        }
        return least;
    }

    private static int[] broken(double[] ys) {
        int[] found = new int[0];
        int count = 0;
        for (int i = 0; i < ys.length; i++) {
            if (!Double.isFinite(ys[i])) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, Math.max(16, count * 2));
                }
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
