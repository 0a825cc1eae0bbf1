package terrazzo.train.optim;

import java.util.Optional;
import terrazzo.config.ConfigNode;

/// How steps are taken, besides the optimizer itself: what mmengine's optimizer wrapper says.
///
/// @param isAmp whether activations are bfloat16 (`AmpOptimWrapper`)
/// @param accumulativeCounts iterations whose gradients are added up before a step, from 1 on
/// @param clipGrad how far gradients may go
public record OptimWrapper(boolean isAmp, int accumulativeCounts, Optional<ClipGrad> clipGrad) {

    /// Reads an `optim_wrapper` dict; what [OptimWrapperConstructors] and [Optimizers] read of it may be read before or
    /// after.
    ///
    /// @throws terrazzo.core.error.ConfigException when a key is unknown or wrong
    public static OptimWrapper read(ConfigNode c) {
        String type = c.string("type", "OptimWrapper");
        boolean amp = type.equals("AmpOptimWrapper");
        if (!amp && !type.equals("OptimWrapper")) {
            throw c.error("type", "'OptimWrapper' or 'AmpOptimWrapper'", "'" + type + "'", "");
        }
        if (amp) { // bfloat16 has the range of float32, so losses need no scaling
            c.ignoring("loss_scale", "dtype", "use_fp16");
        }
        int counts = c.integer("accumulative_counts", 1);
        if (counts < 1) {
            throw c.error("accumulative_counts", "a number from 1 on", Integer.toString(counts), "");
        }
        OptimWrapper wrapper = new OptimWrapper(amp, counts, ClipGrad.read(c));
        c.ignoring("optimizer", "constructor", "paramwise_cfg");
        c.done();
        return wrapper;
    }

    /// What a loss is divided by before its gradients are added up, so that they average.
    ///
    /// @param iter iterations before this one
    /// @param maxIters iterations of the whole run; its last ones may be fewer than a full count
    public int lossFactor(long iter, long maxIters) {
        long remainder = maxIters % accumulativeCounts;
        return accumulativeCounts == 1 || iter < maxIters - remainder ? accumulativeCounts : (int) remainder;
    }

    /// Whether weights move after an iteration.
    ///
    /// @param iter iterations before this one
    public boolean movesAfter(long iter, long maxIters) {
        return (iter + 1) % accumulativeCounts == 0 || iter + 1 == maxIters;
    }
}
