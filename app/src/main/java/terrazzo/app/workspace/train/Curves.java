package terrazzo.app.workspace.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import terrazzo.core.error.LogException;
import terrazzo.train.figure.Curve;
import terrazzo.train.figure.Look;
import terrazzo.train.figure.Trace;
import terrazzo.train.logs.RunLog;
import terrazzo.train.logs.RunReader;
import terrazzo.train.logs.Series;
import terrazzo.train.logs.XAxis;

/// A run's log as charts show it.
///
/// @param losses smoothed
/// @param scores of validation
/// @param rates of learning
record Curves(List<Trace> losses, List<Trace> scores, List<Trace> rates) {

    static final Curves NONE = new Curves(List.of(), List.of(), List.of());
    private static final double SMOOTHING = 0.6;
    private static final List<String> SCORES = List.of("mIoU", "mAcc", "aAcc", "mDice", "mFscore");

    /// Every trace.
    List<Trace> all() {
        return Stream.of(losses, scores, rates).flatMap(List::stream).toList();
    }

    /// Reads what a run has logged so far; nothing where it hasn't logged yet.
    static Curves read(Path workDir) throws IOException {
        RunLog log;
        try {
            log = RunReader.read(workDir);
        } catch (LogException _) {
            return NONE;
        }
        return new Curves(
                traces(log, key -> key.contains("loss"), SMOOTHING),
                traces(log, SCORES::contains, 0),
                rates(traces(log, key -> key.equals("lr") || key.equals("base_lr"), 0)));
    }

    /// One of both where one would hide the other.
    private static List<Trace> rates(List<Trace> both) {
        boolean isSame =
                both.size() == 2 && same(both.getFirst().curve(), both.getLast().curve());
        return isSame ? both.subList(1, 2) : both;
    }

    private static boolean same(Curve a, Curve b) {
        return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> Double.compare(a.y(i), b.y(i)) == 0);
    }

    private static List<Trace> traces(RunLog log, Predicate<String> wanted, double smoothing) {
        List<Trace> traces = new ArrayList<>();
        for (Series series : log.series()) {
            if (wanted.test(series.key()) && !series.isEmpty()) {
                Curve curve =
                        Curve.of(series.key(), Look.curve(traces.size()), series.xs(XAxis.ITERATION), series.values());
                traces.add(Trace.smoothed(curve, smoothing));
            }
        }
        return traces;
    }
}
