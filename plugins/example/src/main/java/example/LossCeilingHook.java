package example;

import java.util.Map;
import terrazzo.config.ConfigNode;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.TrainException;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

/// Ends a training whose loss rises above a ceiling: early, instead of hours later.
///
/// @param ceiling the largest loss that is let pass, above 0
/// @param warmup iterations at the start that are not looked at
record LossCeilingHook(double ceiling, int warmup) implements Hook {

    static LossCeilingHook read(ConfigNode c) {
        double ceiling = c.number("ceiling");
        if (!(ceiling > 0)) {
            throw c.error("ceiling", "a number above 0", String.valueOf(ceiling), "");
        }
        return new LossCeilingHook(ceiling, c.integer("warmup", 0));
    }

    @Override
    public void afterTrainIter(Runner runner, Map<String, Double> losses) {
        check(runner.iter(), losses);
    }

    /// @param iter iterations before this one
    void check(long iter, Map<String, Double> losses) {
        double loss = losses.getOrDefault("loss", 0.0);
        if (iter >= warmup && loss > ceiling) {
            throw new TrainException(Complaint.at("LossCeilingHook: iteration " + (iter + 1))
                    .expected("a loss of at most " + ceiling)
                    .got(String.valueOf(loss))
                    .advice("lower the learning rate or raise 'ceiling'"));
        }
    }
}
