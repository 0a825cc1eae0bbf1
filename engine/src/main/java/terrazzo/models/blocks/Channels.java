package terrazzo.models.blocks;

/// Channel counts of networks that are scaled in width.
public final class Channels {

    private Channels() {}

    /// The multiple of `divisor` nearest to `value`, not below the divisor and not more than 10 % below `value`.
    public static int divisible(double value, int divisor) {
        int rounded = Math.max(divisor, (int) (value + divisor / 2.0) / divisor * divisor);
        return rounded < 0.9 * value ? rounded + divisor : rounded;
    }
}
