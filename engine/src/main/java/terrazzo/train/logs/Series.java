package terrazzo.train.logs;

import java.util.Arrays;

/// The values of one key of a run, in the order of their steps; where they lie never decreases, on no axis. A
/// value may be not a number, as losses are when training breaks. A snapshot: it does not change.
public final class Series {

    /// A series without values.
    static final Series EMPTY = new Series(
            "",
            new Rows(new long[0], new double[0], new double[0], Double.NaN),
            new Points(new int[0], new double[0], 0));

    private final String key;
    private final Rows rows;
    private final Points points;

    /// Where the rows of a log lie; arrays may be longer than what is used.
    static final class Rows {

        private final long[] step;
        private final double[] seconds;
        private final double[] wall;
        private final double itersPerEpoch;

        /// @param step iteration of each row
        /// @param seconds of training before it, NaN where the log doesn't tell
        /// @param wall seconds since 1970, NaN where the log doesn't tell
        /// @param itersPerEpoch NaN where the log counts no epochs
        Rows(long[] step, double[] seconds, double[] wall, double itersPerEpoch) {
            this.step = step;
            this.seconds = seconds;
            this.wall = wall;
            this.itersPerEpoch = itersPerEpoch;
        }
    }

    /// Values with the rows that hold them; arrays may be longer than what is used.
    static final class Points {

        private final int[] row;
        private final double[] value;
        private final int size;

        Points(int[] row, double[] value, int size) {
            this.row = row;
            this.value = value;
            this.size = size;
        }
    }

    Series(String key, Rows rows, Points points) {
        this.key = key;
        this.rows = rows;
        this.points = points;
    }

    public String key() {
        return key;
    }

    public int size() {
        return points.size;
    }

    public boolean isEmpty() {
        return points.size == 0;
    }

    public double value(int index) {
        return points.value[index];
    }

    public long step(int index) {
        return rows.step[points.row[index]];
    }

    /// Where a value lies on an axis; NaN where the log doesn't tell.
    public double x(XAxis axis, int index) {
        int at = points.row[index];
        return switch (axis) {
            case ITERATION -> rows.step[at];
            case EPOCH -> rows.step[at] / rows.itersPerEpoch;
            case RELATIVE -> rows.seconds[at];
            case WALL -> rows.wall[at];
        };
    }

    /// All values, copied.
    public double[] values() {
        return Arrays.copyOf(points.value, points.size);
    }

    /// Where each value lies on an axis; a new array each time.
    public double[] xs(XAxis axis) {
        double[] xs = new double[points.size];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = x(axis, i);
        }
        return xs;
    }

    /// The row of the log that holds a value; values of one row were logged together.
    int row(int index) {
        return points.row[index];
    }

    /// What people ask a series for; values that are not numbers are only counted.
    public Summary summary() {
        int min = -1;
        int max = -1;
        int last = -1;
        int broken = 0;
        for (int i = 0; i < points.size; i++) {
            double value = points.value[i];
            if (!Double.isFinite(value)) {
                broken++;
                continue;
            }
            min = min < 0 || value < points.value[min] ? i : min;
            max = max < 0 || value > points.value[max] ? i : max;
            last = i;
        }
        return new Summary(point(min), point(max), point(last), broken);
    }

    private Point point(int index) {
        return index < 0 ? new Point(-1, Double.NaN) : new Point(step(index), value(index));
    }

    /// A value and its iteration; -1 and NaN when there is none.
    public record Point(long step, double value) {}

    /// Extremes and end of a series.
    ///
    /// @param broken how many values are not finite numbers
    public record Summary(Point min, Point max, Point last, int broken) {

        /// The best value, by what the key says; the last one where no way is better.
        public Point best(Better better) {
            return switch (better) {
                case HIGHER -> max;
                case LOWER -> min;
                case NEITHER -> last;
            };
        }
    }
}
