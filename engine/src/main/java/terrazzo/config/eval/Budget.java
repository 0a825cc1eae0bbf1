package terrazzo.config.eval;

import terrazzo.core.error.Complaint;
import terrazzo.core.error.ConfigException;
import terrazzo.core.error.SourceSpan;

/// How much work and memory one config may take, so that a hostile one ends in one clear error. The largest config of
/// MMSegmentation takes about 5,000 steps.
public final class Budget {

    private static final int MAX_STEPS = 1_000_000;
    /// Items of one list or dict, and characters of one text.
    static final int MAX_LENGTH = 1_000_000;

    private int steps;

    /// Counts one step of evaluation.
    void step(SourceSpan span) {
        steps(1, span);
    }

    /// Counts the making of `count` items or characters at once.
    void steps(long count, SourceSpan span) {
        if (count < 0 || count > MAX_STEPS - steps) {
            throw new ConfigException(
                    span,
                    Complaint.at("")
                            .expected("at most " + MAX_STEPS + " steps to read a config")
                            .got("more")
                            .advice("write smaller values"));
        }
        steps += (int) count;
    }
}
