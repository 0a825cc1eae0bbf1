package terrazzo.train.runner;

/// What a checkpoint holds beside weights and messages, and how it counts.
///
/// @param iter iterations done
/// @param epoch rounds done
/// @param optimizer whether the optimizer's state is in it
/// @param schedulers whether the schedules' state is in it
public record CheckpointContent(long iter, long epoch, boolean optimizer, boolean schedulers) {

    /// All that resuming takes.
    public static CheckpointContent everything(long iter, long epoch) {
        return new CheckpointContent(iter, epoch, true, true);
    }

    /// Weights to use, not to go on from.
    public static CheckpointContent weights(long iter, long epoch) {
        return new CheckpointContent(iter, epoch, false, false);
    }
}
