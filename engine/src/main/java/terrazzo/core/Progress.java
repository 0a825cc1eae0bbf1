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
}
