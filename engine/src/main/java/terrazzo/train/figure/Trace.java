package terrazzo.train.figure;

import java.util.Optional;

/// A curve as a figure shows it: perhaps smoothed, then with its raw values pale behind it.
public final class Trace {

    /// Series with fewer values are left as they are: validation's few would only be shifted.
    private static final int FEWEST = 30;

    private final Curve curve;
    private final Optional<Curve> raw;
    private final double[] usual;

    private Trace(Curve curve, Optional<Curve> raw, double[] usual) {
        this.curve = curve;
        this.raw = raw;
        this.usual = usual;
    }

    /// Values as they are.
    public static Trace of(Curve curve) {
        return new Trace(curve, Optional.empty(), Outliers.range(curve.ys()));
    }

    /// Values smoothed, with a ghost of what they were.
    ///
    /// @param weight as [Smoothing#ema] takes it; 0 leaves values as they are
    public static Trace smoothed(Curve raw, double weight) {
        if (weight <= 0 || raw.size() < FEWEST) {
            return of(raw);
        }
        Curve smooth = raw.with(Smoothing.ema(raw.ys(), weight));
        return new Trace(smooth, Optional.of(raw), Outliers.range(raw.ys()));
    }

    public Curve curve() {
        return curve;
    }

    /// What the curve was before smoothing.
    public Optional<Curve> raw() {
        return raw;
    }

    /// The same trace under another name or in another colour.
    public Trace dressed(String name, int rgb) {
        return new Trace(curve.dressed(name, rgb), raw.map(r -> r.dressed(name, rgb)), usual);
    }

    /// The lowest value that is no outlier, NaN when there is none.
    double usualLow() {
        return usual[0];
    }

    double usualHigh() {
        return usual[1];
    }
}
