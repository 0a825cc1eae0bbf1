package terrazzo.train.logs;

/// Where a run has come to while the files of its sessions are read, one after the other: what a row must
/// know of those before it.
final class RunPlace {

    private double sessionStart = Double.NaN;
    private double sessionSecond;
    private long step;
    private double second;
    private long epoch;

    // of 0.x, whose loops by epoch count iterations within the epoch
    private long legacyIter;
    private long epochLength;

    /// Begins the next file.
    ///
    /// @param start of the session in seconds since 1970; NaN when not known
    void begin(double start) {
        sessionStart = start;
        sessionSecond = second;
    }

    /// The last training iteration, 0 before the first.
    long step() {
        return step;
    }

    /// The epoch of the last training row, counted from 1; 0 where epochs are not counted.
    long epoch() {
        return epoch;
    }

    void epoch(long number) {
        epoch = number;
    }

    /// Seconds of training up to here, NaN when not known.
    double second() {
        return second;
    }

    /// Seconds since 1970, NaN when not known.
    double wall() {
        return sessionStart + (second - sessionSecond);
    }

    /// Prepares for a training row at `next`: when the run was there before, another session has taken over.
    void reach(long next, LogBuilder into) {
        if (next >= step) {
            return;
        }
        int last = into.resume(next, step);
        double atSession = second - sessionSecond;
        second = last < 0 ? 0 : into.second(last);
        if (atSession == 0) { // the session's first row
            sessionSecond = second;
        }
        step = last < 0 ? 0 : into.step(last);
    }

    /// Moves to a training row.
    ///
    /// @param secondsEach an iteration took, NaN when not known
    void advance(long to, double secondsEach) {
        if (to > step) {
            second += secondsEach * (to - step);
        }
        step = to;
    }

    /// Moves to a value of an event file, which knows its time; validation may lag behind.
    void event(long at, double atSecond) {
        if (at >= step) {
            step = at;
            second = atSecond;
        }
    }

    /// The iteration since the start for what 0.x logs. When an epoch begins and the iteration does not rise,
    /// they are counted within epochs; an epoch's length is then the last iteration that was logged of the
    /// first one.
    long step(long inEpoch, long iter) {
        if (epochLength == 0 && epoch > 0 && inEpoch > epoch && iter <= legacyIter) {
            epochLength = legacyIter;
        }
        epoch = inEpoch;
        legacyIter = iter;
        return epochLength > 0 ? (inEpoch - 1) * epochLength + iter : iter;
    }

    /// Whether a validation row's step counts epochs, as mmengine's loops by epoch have it.
    boolean countsEpochs(long rowStep) {
        return epoch > 0 && rowStep <= epoch && rowStep < step;
    }
}
