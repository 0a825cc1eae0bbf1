package terrazzo.train.logs;

/// What a value is drawn over.
public enum XAxis {
    /// Optimizer steps since the start of training.
    ITERATION,
    /// Passes over the training data, with a fraction; known only where the log counts epochs.
    EPOCH,
    /// Seconds of training since its start, without the pauses between sessions.
    RELATIVE,
    /// Seconds since 1970, UTC.
    WALL
}
