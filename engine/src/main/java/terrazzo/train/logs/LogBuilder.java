package terrazzo.train.logs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects rows and their values into series. Steps within a series always rise: where a row goes back, what
/// is beyond it is dropped. Snapshots share its arrays, which is safe because whatever a snapshot holds is
/// never overwritten.
final class LogBuilder {

    private static final int FIRST = 256;

    private long[] steps = new long[FIRST];
    private double[] seconds = new double[FIRST];
    private double[] walls = new double[FIRST];
    private int rows;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final List<RunLog.Resume> resumes = new ArrayList<>();
    private double itersPerEpoch = Double.NaN;
    private long damaged;

    /// The values of one key while they grow.
    final class Column {

        private int[] row = new int[FIRST];
        private double[] value = new double[FIRST];
        private int size;

        /// Adds a value to a row; one that goes back replaces what lies beyond it.
        void add(int atRow, double newValue) {
            if (size > 0 && lastStep() >= steps[atRow]) {
                cut(steps[atRow]);
            }
            if (size == row.length) {
                row = Arrays.copyOf(row, size * 2);
                value = Arrays.copyOf(value, size * 2);
            }
            row[size] = atRow;
            value[size++] = newValue;
        }

        /// The step of the last value, -1 when there is none.
        long lastStep() {
            return size == 0 ? -1 : steps[row[size - 1]];
        }

        /// The row of the last value, -1 when there is none.
        int lastRow() {
            return size == 0 ? -1 : row[size - 1];
        }

        double lastValue() {
            return size == 0 ? Double.NaN : value[size - 1];
        }

        private void cut(long step) {
            int before = size;
            while (size > 0 && lastStep() >= step) {
                size--;
            }
            if (size < before) { // a snapshot may hold what was behind
                row = row.clone();
                value = value.clone();
            }
        }
    }

    Column column(String key) {
        return columns.computeIfAbsent(key, _ -> new Column());
    }

    /// Begins a row; its time never lies before that of the row before.
    ///
    /// @return its number
    int row(long step, double second, double wall) {
        if (rows == steps.length) {
            steps = Arrays.copyOf(steps, rows * 2);
            seconds = Arrays.copyOf(seconds, rows * 2);
            walls = Arrays.copyOf(walls, rows * 2);
        }
        steps[rows] = step;
        seconds[rows] = second;
        walls[rows] = rows > 0 && walls[rows - 1] > wall ? walls[rows - 1] : wall;
        return rows++;
    }

    /// Drops every value at or beyond `step`, because a later session logs them anew.
    ///
    /// @return the last row that still has values, -1 when there is none
    int resume(long step, long lastStep) {
        columns.values().forEach(column -> column.cut(step));
        resumes.add(new RunLog.Resume(step, lastStep));
        return columns.values().stream().mapToInt(Column::lastRow).max().orElse(-1);
    }

    long step(int atRow) {
        return steps[atRow];
    }

    double second(int atRow) {
        return seconds[atRow];
    }

    int rows() {
        return rows;
    }

    /// Says that `step` lies in `epoch`, counted from 1. Logs don't say how long an epoch is; the highest
    /// ratio seen comes close, and is exact once the last iteration of an epoch was logged.
    void epoch(long step, long epoch) {
        double ratio = (double) step / Math.max(1, epoch);
        if (epoch >= 1 && !(itersPerEpoch >= ratio)) {
            itersPerEpoch = ratio;
        }
    }

    void damaged() {
        damaged++;
    }

    RunLog snapshot(String source) {
        Series.Rows all = new Series.Rows(steps, seconds, walls, itersPerEpoch);
        Map<String, Series> series = new LinkedHashMap<>();
        long last = 0;
        for (Map.Entry<String, Column> entry : columns.entrySet()) {
            Column column = entry.getValue();
            if (column.size > 0) {
                last = Math.max(last, column.lastStep());
                Series.Points points = new Series.Points(column.row, column.value, column.size);
                series.put(entry.getKey(), new Series(entry.getKey(), all, points));
            }
        }
        return new RunLog(source, series, resumes, new RunLog.Extent(rows, damaged, last, itersPerEpoch));
    }
}
