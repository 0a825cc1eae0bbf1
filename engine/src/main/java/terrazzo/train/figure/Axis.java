package terrazzo.train.figure;

/// The part of an axis that is shown.
///
/// @param low the value at its start
/// @param high the value at its end, above `low`
/// @param scale how values are spread
/// @param unit how they are written
public record Axis(double low, double high, Scale scale, Unit unit) {

    /// How many powers of ten a logarithmic axis reaches down from its end when values touch zero.
    private static final double DECADES = 6;

    /// How values are spread along an axis.
    public enum Scale {
        /// Evenly.
        LINEAR,
        /// By their logarithm; values of zero or less have no place.
        LOG
    }

    /// What values are, which says how they are written.
    public enum Unit {
        /// Plain numbers.
        NUMBER,
        /// Seconds.
        DURATION,
        /// Seconds since 1970.
        DATE
    }

    public Axis {
        if (!(high > low) || (scale == Scale.LOG && low <= 0)) {
            throw new IllegalArgumentException(scale + " axis from " + low + " to " + high);
        }
    }

    /// An axis around values, whatever they are: NaN, one value only, or zero on a logarithmic axis are
    /// widened to something that can be shown.
    public static Axis around(double low, double high, Scale scale, Unit unit) {
        if (scale == Scale.LOG) {
            double top = high > 0 ? high : 1;
            double bottom = low > 0 ? low : top / Math.pow(10, DECADES);
            return top > bottom ? new Axis(bottom, top, scale, unit) : new Axis(bottom / 2, bottom * 2, scale, unit);
        }
        if (!(high > low)) {
            double middle = Double.isNaN(low) ? 0.5 : low;
            double reach = middle == 0 ? 1 : Math.abs(middle) * 0.1;
            return new Axis(middle - reach, middle + reach, scale, unit);
        }
        return new Axis(low, high, scale, unit);
    }

    /// Where a value lies: 0 at the start, 1 at the end; NaN where it has no place.
    public double position(double value) {
        if (scale == Scale.LINEAR) {
            return (value - low) / (high - low);
        }
        return value > 0 ? Math.log(value / low) / Math.log(high / low) : Double.NaN;
    }

    /// The value at a position.
    public double value(double position) {
        return scale == Scale.LINEAR ? low + position * (high - low) : low * Math.pow(high / low, position);
    }

    /// The same axis showing the part between two positions.
    public Axis part(double from, double to) {
        return new Axis(value(from), value(to), scale, unit);
    }

    /// The same axis with some room at both ends.
    public Axis padded(double share) {
        return part(-share, 1 + share);
    }
}
