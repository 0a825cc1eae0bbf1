package terrazzo.train.logs;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Writes logs as one table of comma-separated values: a line for each row of each run, with its iteration,
/// epoch, seconds of training, time of day (UTC), and a column for each key. What a row lacks is empty.
public final class LogCsv {

    private LogCsv() {}

    /// Every key that any of the runs has, in the order in which they come.
    public static SequencedSet<String> keys(Collection<NamedRun> runs) {
        SequencedSet<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> keys.addAll(run.log().seriesByKey().keySet()));
        return keys;
    }

    /// Writes the table with a line of titles.
    public static void write(List<NamedRun> runs, Collection<String> keys, Appendable out) throws IOException {
        out.append("run,iter,epoch,seconds,time");
        for (String key : keys) {
            out.append(',').append(quoted(key));
        }
        out.append('\n');
        for (NamedRun run : runs) {
            rows(run, keys, out);
        }
    }

    private static void rows(NamedRun run, Collection<String> keys, Appendable out) throws IOException {
        List<Series> columns = new ArrayList<>();
        for (String key : keys) {
            columns.add(run.log().has(key) ? run.log().series(key) : Series.EMPTY);
        }
        int[] next = new int[columns.size()];
        for (Series first = first(columns, next); !first.isEmpty(); first = first(columns, next)) {
            int row = first.row(next[columns.indexOf(first)]);
            place(run.name(), first, next[columns.indexOf(first)], out);
            for (int i = 0; i < next.length; i++) {
                out.append(',');
                if (next[i] < columns.get(i).size() && columns.get(i).row(next[i]) == row) {
                    out.append(number(columns.get(i).value(next[i]++)));
                }
            }
            out.append('\n');
        }
    }

    /// The column whose next value comes first, an empty one at the end.
    private static Series first(List<Series> columns, int[] next) {
        Series first = Series.EMPTY;
        int row = Integer.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            Series column = columns.get(i);
            if (next[i] < column.size() && column.row(next[i]) < row) {
                row = column.row(next[i]);
                first = column;
            }
        }
        return first;
    }

    private static void place(String run, Series series, int index, Appendable out) throws IOException {
        double epoch = series.x(XAxis.EPOCH, index);
        double seconds = series.x(XAxis.RELATIVE, index);
        double wall = series.x(XAxis.WALL, index);
        out.append(quoted(run)).append(',').append(Long.toString(series.step(index)));
        out.append(',').append(Double.isNaN(epoch) ? "" : number(Math.round(epoch * 1e4) / 1e4));
        out.append(',').append(Double.isNaN(seconds) ? "" : number(Math.round(seconds * 1e3) / 1e3));
        out.append(',').append(Double.isNaN(wall) ? "" : time(wall));
    }

    private static String time(double wall) {
        return Instant.ofEpochMilli(Math.round(wall * 1e3))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
