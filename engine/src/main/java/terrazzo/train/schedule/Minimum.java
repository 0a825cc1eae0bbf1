package terrazzo.train.schedule;

import java.util.Optional;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;

/// The least value of a schedule: a number, or a share of what the value was before any schedule.
///
/// @param number the number, or the share
/// @param isShare which of them
record Minimum(double number, boolean isShare) {

    /// Reads `eta_min` or `eta_min_ratio`; neither is 0.
    static Minimum read(ConfigNode c) {
        Optional<Double> share = c.has("eta_min_ratio") ? Optional.of(c.number("eta_min_ratio")) : Optional.empty();
        if (share.isPresent() && c.has("eta_min")) {
            throw c.error("eta_min_ratio", "this or eta_min", "both", "drop one of them");
        }
        return share.map(s -> new Minimum(s, true)).orElseGet(() -> new Minimum(c.number("eta_min", 0), false));
    }

    double of(double base) {
        return isShare ? base * number : number;
    }

    PickleValue value() {
        return isShare ? new PickleValue.None() : PickleValue.of(number);
    }

    PickleValue ratioValue() {
        return isShare ? PickleValue.of(number) : new PickleValue.None();
    }
}
