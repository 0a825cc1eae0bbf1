package terrazzo.train.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import terrazzo.train.logs.Better;
import terrazzo.train.logs.Series;
import terrazzo.train.logs.XAxis;

/// Makes curves of what runs have logged.
public final class RunCurves {

    /// `lr`, `base_lr`, `train/momentum`.
    private static final Pattern SCHEDULED = Pattern.compile("(.*[/._])?(lr|momentum)");

    private RunCurves() {}

    /// The curve of a series; points whose place the log doesn't tell are left out.
    ///
    /// @param rgb `0xRRGGBB`
    public static Curve of(Series series, XAxis axis, String name, int rgb) {
        double[] xs = series.xs(axis);
        double[] ys = series.values();
        int kept = 0;
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(xs[i])) {
                xs[kept] = xs[i];
                ys[kept++] = ys[i];
            }
        }
        return kept == xs.length
                ? Curve.of(name, rgb, xs, ys)
                : Curve.of(name, rgb, Arrays.copyOf(xs, kept), Arrays.copyOf(ys, kept));
    }

    /// How much of the past smoothing takes for a key: none for what a schedule sets, which has no noise and would
    /// only be drawn too late.
    ///
    /// @param asked as [Smoothing#ema] takes it
    public static double weight(String key, double asked) {
        return SCHEDULED.matcher(key).matches() ? 0 : asked;
    }

    /// How values of an axis are written.
    public static Axis.Unit unit(XAxis axis) {
        return switch (axis) {
            case ITERATION, EPOCH -> Axis.Unit.NUMBER;
            case RELATIVE -> Axis.Unit.DURATION;
            case WALL -> Axis.Unit.DATE;
        };
    }

    /// Keys that are best drawn over one vertical axis, in their order: scores together, losses together,
    /// times together, anything else for itself.
    public static List<List<String>> panels(List<String> keys) {
        Map<String, List<String>> panels = new LinkedHashMap<>();
        for (String key : keys) {
            String kind = key.contains("time") ? "time" : Better.of(key).name();
            panels.computeIfAbsent(Better.of(key) == Better.NEITHER ? key : kind, _ -> new ArrayList<>())
                    .add(key);
        }
        return List.copyOf(panels.values());
    }
}
