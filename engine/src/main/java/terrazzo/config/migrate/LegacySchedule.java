package terrazzo.config.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;

/// Optimizer, learning rate policy and runner of 0.x.
final class LegacySchedule {

    private final Entries config;
    private final boolean byEpoch;
    private final Optional<Long> length;
    private final double baseRate;

    /// Takes `runner`, `total_iters` and `total_epochs` out of `config`.
    LegacySchedule(Entries config) {
        this.config = config;
        Entries runner = Entries.of(config.take("runner"));
        Optional<Long> iters = config.takeInt("total_iters").or(() -> runner.takeInt("max_iters"));
        Optional<Long> epochs = config.takeInt("total_epochs").or(() -> runner.takeInt("max_epochs"));
        this.byEpoch = iters.isEmpty() && epochs.isPresent();
        this.length = iters.or(() -> epochs);
        Optional<Value> rate = Entries.of(config.get("optimizer")).get("lr");
        this.baseRate = rate.map(LegacySchedule::number).orElse(1.0);
    }

    boolean byEpoch() {
        return byEpoch;
    }

    /// Moves the old keys into `out` in the order of the reference's schedules.
    void migrate(Entries out) {
        config.take("optimizer").ifPresent(o -> optimizer(Entries.of(Optional.of(o)), out));
        config.take("optimizer_config");
        config.take("fp16");
        config.take("lr_config").ifPresent(lr -> out.put("param_scheduler", schedulers((DictValue) dict(lr))));
    }

    private Value dict(Value value) {
        if (value instanceof DictValue) {
            return value;
        }
        throw config.refused("lr_config", "a dict", value.brief(), "");
    }

    private void optimizer(Entries optimizer, Entries out) {
        Entries hook = Entries.of(config.get("optimizer_config"));
        Entries fp16 = Entries.of(config.get("fp16"));
        boolean amp = config.has("fp16") || hook.type().contains("Fp16");
        Optional<Value> parameters = optimizer.take("paramwise_cfg");
        Optional<Value> constructor = optimizer.take("constructor");
        Entries wrapper =
                Entries.typed(amp ? "AmpOptimWrapper" : "OptimWrapper").put("optimizer", optimizer);
        out.put("optimizer", optimizer);
        wrapper.put("clip_grad", hook.take("grad_clip"));
        wrapper.put("constructor", constructor).put("paramwise_cfg", parameters);
        wrapper.put("accumulative_counts", hook.take("cumulative_iters"));
        if (amp) { // 0.x scales by 512 where nothing else is said
            Optional<Value> scale = hook.take("loss_scale").or(() -> fp16.take("loss_scale"));
            wrapper.put("loss_scale", scale.orElse(new Value.Real(512)));
        }
        out.put("optim_wrapper", wrapper);
        hook.drop("type", "distributed", "coalesce", "bucket_size_mb", "detect_anomalous_params");
        hook.done("optimizer_config");
    }

    private Value schedulers(DictValue lrConfig) {
        Entries lr = Entries.of(lrConfig);
        boolean epochs = lr.takeBool("by_epoch", true);
        Optional<String> warmup = lr.takeText("warmup");
        long warmupLength = lr.takeInt("warmup_iters").orElse(0L);
        boolean warmupByEpoch = lr.takeBool("warmup_by_epoch", false);
        Value ratio = lr.take("warmup_ratio").orElse(new Value.Real(0.1));
        List<Value> schedulers = new ArrayList<>();
        if (warmup.isPresent()) {
            boolean constant = warmup.get().equals("constant");
            if (!constant && !warmup.get().equals("linear")) {
                throw lr.refused("warmup", "'linear' or 'constant'", "'" + warmup.get() + "'", "use one of those");
            }
            schedulers.add(Entries.typed(constant ? "ConstantLR" : "LinearLR")
                    .put(constant ? "factor" : "start_factor", ratio)
                    .put("by_epoch", warmupByEpoch)
                    .put("begin", 0)
                    .put("end", warmupLength)
                    .dict());
        }
        boolean after = warmup.isPresent() && warmupByEpoch == epochs;
        policy(lr, epochs, after ? warmupLength : 0).ifPresent(p -> schedulers.add(p.dict()));
        lr.done("lr_config");
        return new ListValue(schedulers);
    }

    private Optional<Entries> policy(Entries lr, boolean epochs, long begin) {
        String policy = lr.takeText("policy").orElse("fixed");
        Entries scheduler = new Entries();
        switch (policy) {
            case "fixed" -> {
                return Optional.empty();
            }
            case "poly" ->
                scheduler
                        .put("type", "PolyLR")
                        .put("eta_min", lr.take("min_lr").orElse(new Value.Real(0)))
                        .put("power", lr.take("power").orElse(new Value.Real(1)));
            case "step", "Step" -> {
                Value steps = lr.take("step").orElse(new Value.ListValue(List.of()));
                boolean several = Entries.isList(steps);
                scheduler
                        .put("type", several ? "MultiStepLR" : "StepLR")
                        .put(several ? "milestones" : "step_size", steps);
                scheduler.put("gamma", lr.take("gamma"));
                lr.drop("min_lr");
            }
            case "exp" -> scheduler.put("type", "ExponentialLR").put("gamma", lr.take("gamma"));
            case "CosineAnnealing" -> {
                scheduler.put("type", "CosineAnnealingLR");
                length.ifPresent(end -> scheduler.put("T_max", end - begin));
                scheduler.put(
                        "eta_min",
                        lr.take("min_lr").or(() -> lr.take("min_lr_ratio").map(this::ofBase)));
            }
            default ->
                throw lr.refused(
                        "policy",
                        "'poly', 'step', 'exp', 'CosineAnnealing' or 'fixed'",
                        "'" + policy + "'",
                        "write param_scheduler as in MMSegmentation 1.x");
        }
        scheduler.put("begin", begin);
        length.ifPresent(end -> scheduler.put("end", end));
        return Optional.of(scheduler.put("by_epoch", epochs));
    }

    private Value ofBase(Value ratio) {
        return new Value.Real(baseRate * number(ratio));
    }

    private static double number(Value value) {
        return switch (value) {
            case Value.Int(var i) -> i;
            case Value.Real(var d) -> d;
            default -> 0;
        };
    }

    /// The loop that trains, with the interval of validation.
    Entries trainLoop(long valInterval) {
        Entries loop = Entries.typed(byEpoch ? "EpochBasedTrainLoop" : "IterBasedTrainLoop");
        length.ifPresent(l -> loop.put(byEpoch ? "max_epochs" : "max_iters", l));
        return loop.put("val_interval", valInterval);
    }

    boolean hasLength() {
        return length.isPresent();
    }
}
