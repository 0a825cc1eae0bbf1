package terrazzo.core;

/// Hears how far long work has come. Called from the thread that works; implementations must return at once.
@FunctionalInterface
public interface Progress {

    /// Work that nobody watches.
    Progress NONE = (done, total, what) -> {};

    /// Says that `done` of `total` units are finished.
    ///
    /// @param done units finished, from 0
    /// @param total units in all, or -1 when not known
    /// @param what the unit at hand, for example a file name; may be empty
    void at(long done, long total, String what);

    /// Says how far the unit at hand is, where one takes long. Who counts whole units only needn't listen.
    ///
    /// @param share from 0 to 1
    default void within(double share) {}

    /// What hears of one part of the unit at hand, in units of its own.
    ///
    /// @param from where the part begins, as a share of the unit at hand
    /// @param to where it ends
    default Progress part(double from, double to) {
        return (done, total, what) -> {
            if (total > 0) {
                within(from + (to - from) * done / total);
            }
        };
    }
}
