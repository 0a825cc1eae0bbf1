package terrazzo.train.hooks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import terrazzo.checkpoint.Checkpoint;
import terrazzo.checkpoint.HostTensor;
import terrazzo.checkpoint.PickleValue;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.config.ConfigNode;
import terrazzo.train.model.AveragedWeights;
import terrazzo.train.runner.Hook;
import terrazzo.train.runner.Runner;

/// Keeps an exponential moving average of the weights: validated and saved instead of the weights themselves, which
/// checkpoints keep as `ema_state_dict`.
final class EMAHook implements Hook {

    private static final String SAVED = "ema_state_dict";
    private static final String PREFIX = "module.";

    private final Settings settings;
    private @Nullable AveragedWeights averages;
    private long steps;

    /// @param momentum part of the new weights in each average
    /// @param gamma at which the momentum anneals to `momentum` from above; 0 for not at all
    /// @param interval iterations from one average to the next
    /// @param beginIter iterations without averaging
    /// @param beginEpoch rounds without averaging
    /// @param withBuffers whether running statistics are averaged, too
    record Settings(double momentum, int gamma, int interval, int beginIter, int beginEpoch, boolean withBuffers) {}

    EMAHook(Settings settings) {
        this.settings = settings;
    }

    static EMAHook read(ConfigNode c) { // defaults: mmengine 0.1.0
        c.ignoring("type", "strict_load", "device");
        String kind = c.string("ema_type", "ExponentialMovingAverage");
        boolean annealed = kind.equals("MomentumAnnealingEMA");
        if (!annealed && !kind.equals("ExponentialMovingAverage")) {
            throw c.error("ema_type", "'ExponentialMovingAverage' or 'MomentumAnnealingEMA'", "'" + kind + "'", "");
        }
        double momentum = c.number("momentum", 0.0002);
        if (!(momentum > 0 && momentum < 1)) {
            throw c.error("momentum", "between 0 and 1", Double.toString(momentum), "");
        }
        return new EMAHook(new Settings(
                momentum,
                annealed ? c.integer("gamma", 100) : 0,
                c.integer("interval", 1),
                c.integer("begin_iter", 0),
                c.integer("begin_epoch", 0),
                c.bool("update_buffers", false)));
    }

    @Override
    public void beforeTrain(Runner runner) {
        averages(runner);
    }

    private AveragedWeights averages(Runner runner) {
        AveragedWeights found = averages;
        if (found == null) {
            found = new AveragedWeights(runner.parts().model(), settings.withBuffers);
            averages = found;
        }
        return found;
    }

    @Override
    public void afterTrainIter(Runner runner, Map<String, Double> losses) {
        AveragedWeights own = averages(runner);
        boolean begun = settings.beginEpoch > 0
                ? runner.epoch() + 1 >= settings.beginEpoch
                : runner.iter() + 1 >= settings.beginIter;
        if (!begun) {
            own.copy();
        } else {
            if (steps == 0) {
                own.copy();
            } else if (steps % settings.interval == 0) {
                own.follow(part());
            }
            steps++;
        }
    }

    private double part() {
        return settings.gamma == 0
                ? settings.momentum
                : Math.max(settings.momentum, settings.gamma / (double) (settings.gamma + steps));
    }

    @Override
    public void beforeVal(Runner runner) {
        averages(runner).exchange();
    }

    @Override
    public void afterVal(Runner runner, Map<String, Double> metrics) {
        averages(runner).exchange();
    }

    @Override
    public void beforeSaveCheckpoint(Runner runner, Dict checkpoint) {
        Dict weights = (Dict) checkpoint.get("state_dict").orElseThrow();
        Dict own = Dict.ordered().put("steps", PickleValue.of(HostTensor.ofLongs(List.of(), steps)));
        weights.entries().forEach((key, value) -> key.asText().ifPresent(name -> own.put(PREFIX + name, value)));
        averages(runner).tensors().forEach((key, value) -> weights.put(key, PickleValue.of(value)));
        checkpoint.put(SAVED, own);
    }

    @Override
    public void afterLoadCheckpoint(Runner runner, Checkpoint checkpoint) {
        AveragedWeights own = averages(runner);
        own.copy(); // the averages were saved in place of the weights
        checkpoint.part(SAVED).ifPresent(saved -> {
            steps = saved.at("steps")
                    .flatMap(PickleValue::asTensor)
                    .map(t -> t.toLongs()[0])
                    .orElse(0L);
            runner.parts()
                    .model()
                    .tensors()
                    .keySet()
                    .forEach(key -> saved.at(PREFIX + key)
                            .flatMap(PickleValue::asTensor)
                            .ifPresent(tensor -> runner.parts().model().load(key, tensor)));
        });
    }

    @Override
    public void afterTrain(Runner runner) {
        averages(runner).close();
        averages = null;
    }
}
