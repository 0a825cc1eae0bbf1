package terrazzo.train.figure;

import java.util.List;

/// Finds the axes that show traces in full.
public final class Fit {

    private static final double ROOM = 0.04;

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
    /// @param clipped whether outliers of each trace may lie outside
    public static Axis y(List<Trace> traces, Axis x, Axis.Scale scale, boolean clipped) {
        double low = Double.NaN;
        double high = Double.NaN;
        for (Trace trace : traces) {
            for (Curve curve :
                    trace.raw().map(raw -> List.of(trace.curve(), raw)).orElseGet(() -> List.of(trace.curve()))) {
                long found = curve.extremes().find(curve.lowerBound(x.low()), curve.upperBound(x.high()));
                if (found != Extremes.NOTHING) {
                    double least = curve.y(Extremes.min(found));
                    double most = curve.y(Extremes.max(found));
                    low = min(low, clipped ? Math.max(least, Math.min(most, trace.usualLow())) : least);
                    high = max(high, clipped ? Math.min(most, Math.max(least, trace.usualHigh())) : most);
                }
            }
        }
        if (scale == Axis.Scale.LOG && low <= 0 && high > 0) {
            low = leastPositive(traces, high);
        }
        return Axis.around(low, high, scale, Axis.Unit.NUMBER).padded(ROOM);
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
