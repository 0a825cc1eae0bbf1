package terrazzo.train.figure;

import java.util.List;

/// Finds the axes that show traces in full.
public final class Fit {

    private static final double ROOM = 0.04;

    /// How many times as high curves must get for outliers to be left out; for less, all is better seen.
    private static final double GAIN = 2;

    private Fit() {}

    /// The horizontal axis from the first point of any trace to the last.
    public static Axis x(List<Trace> traces, Axis.Scale scale, Axis.Unit unit) {
        double low = Double.NaN;
        double high = Double.NaN;
        for (Trace trace : traces) {
            Curve curve = trace.curve();
            int from = scale == Axis.Scale.LOG ? curve.upperBound(0) : 0;
            if (from < curve.size()) {
                low = min(low, curve.x(from));
                high = max(high, curve.x(curve.size() - 1));
            }
        }
        return Axis.around(low, high, scale, unit);
    }

    /// The vertical axis for what lies within a part of the horizontal one.
    ///
    /// @param clipped whether outliers of each trace may lie outside, where curves gain by that
    public static Axis y(List<Trace> traces, Axis x, Axis.Scale scale, boolean clipped) {
        double low = Double.NaN;
        double high = Double.NaN;
        double usualLow = Double.NaN;
        double usualHigh = Double.NaN;
        for (Trace trace : traces) {
            for (Curve curve :
                    trace.raw().map(raw -> List.of(trace.curve(), raw)).orElseGet(() -> List.of(trace.curve()))) {
                long found = curve.extremes().find(curve.lowerBound(x.low()), curve.upperBound(x.high()));
                if (found != Extremes.NOTHING) {
                    double least = curve.y(Extremes.min(found));
                    double most = curve.y(Extremes.max(found));
                    low = min(low, least);
                    high = max(high, most);
                    usualLow = min(usualLow, Math.max(least, Math.min(most, trace.usualLow())));
                    usualHigh = max(usualHigh, Math.min(most, Math.max(least, trace.usualHigh())));
                }
            }
        }
        Axis whole = y(low, high, scale, traces);
        Axis usual = y(usualLow, usualHigh, scale, traces);
        boolean isWorth = usual.position(whole.high()) - usual.position(whole.low()) >= GAIN;
        return (clipped && isWorth ? usual : whole).padded(ROOM);
    }

    private static Axis y(double low, double high, Axis.Scale scale, List<Trace> traces) {
        boolean isCut = scale == Axis.Scale.LOG && low <= 0 && high > 0;
        return Axis.around(isCut ? leastPositive(traces, high) : low, high, scale, Axis.Unit.NUMBER);
    }

    /// What a logarithmic axis begins at when values reach zero.
    private static double leastPositive(List<Trace> traces, double high) {
        return traces.stream()
                .mapToDouble(trace -> trace.curve().leastPositive())
                .reduce(high, Math::min);
    }

    private static double min(double a, double b) {
        return Double.isNaN(a) || b < a ? b : a;
    }

    private static double max(double a, double b) {
        return Double.isNaN(a) || b > a ? b : a;
    }
}
