package terrazzo.config.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;

/// Optimizer, policies of learning rate and momentum, and runner of 0.x.
final class LegacySchedule {

    private static final Value HALF = new Value.Real(0.5); // what 0.x multiplies a momentum by

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
        List<Value> schedulers = new ArrayList<>();
        boolean scheduled = config.has("lr_config");
        config.take("lr_config").ifPresent(lr -> schedulers.addAll(rates(dict("lr_config", lr))));
        config.take("momentum_config")
                .filter(m -> !(m instanceof Value.None))
                .ifPresent(m -> schedulers.addAll(momenta(dict("momentum_config", m))));
        if (scheduled || !schedulers.isEmpty()) {
            out.put("param_scheduler", new ListValue(schedulers));
        }
    }

    private Entries dict(String key, Value value) {
        if (value instanceof DictValue entries) {
            return Entries.of(entries);
        }
        throw config.refused(key, "a dict", value.brief(), "");
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

    private List<Value> rates(Entries lr) {
        boolean epochs = countsEpochs(lr);
        Optional<String> warmup = lr.takeText("warmup");
        long warmupLength = lr.takeInt("warmup_iters").orElse(0L);
        boolean warmupByEpoch = lr.takeBool("warmup_by_epoch", false);
        Value ratio = lr.take("warmup_ratio").orElse(new Value.Real(0.1));
        List<Value> schedulers = new ArrayList<>();
        warmup.ifPresent(kind -> schedulers.add(warmup(lr, kind)
                .put(kind.equals("constant") ? "factor" : "start_factor", ratio)
                .put("by_epoch", warmupByEpoch)
                .put("begin", 0)
                .put("end", warmupLength)
                .dict()));
        boolean after = warmup.isPresent() && warmupByEpoch == epochs;
        policy(lr, "LR", epochs, after ? warmupLength : 0).ifPresent(p -> schedulers.add(p.dict()));
        lr.done("lr_config");
        return schedulers;
    }

    private static Entries warmup(Entries lr, String kind) {
        return switch (kind) {
            case "constant" -> Entries.typed("ConstantLR");
            case "linear" -> Entries.typed("LinearLR");
            case "exp" -> Entries.typed("ExponentialWarmupLR");
            default ->
                throw lr.refused("warmup", "'linear', 'constant' or 'exp'", "'" + kind + "'", "use one of those");
        };
    }

    private List<Value> momenta(Entries momentum) {
        boolean epochs = countsEpochs(momentum);
        List<Value> schedulers = new ArrayList<>();
        policy(momentum, "Momentum", epochs, 0).ifPresent(p -> schedulers.add(p.dict()));
        momentum.done("momentum_config");
        return schedulers;
    }

    /// Cycles count iterations in 0.x, everything else epochs where nothing is said.
    private static boolean countsEpochs(Entries policy) {
        boolean cycles = policy.get("policy")
                .filter(p -> p.equals(new Value.Str("cyclic")) || p.equals(new Value.Str("OneCycle")))
                .isPresent();
        return policy.takeBool("by_epoch", !cycles);
    }

    /// @param kind `LR` or `Momentum`, the end of the schedule's name
    private Optional<Entries> policy(Entries old, String kind, boolean epochs, long begin) {
        String policy = old.takeText("policy").orElse("fixed");
        String lowest = kind.equals("LR") ? "min_lr" : "min_momentum";
        Entries scheduler = new Entries();
        switch (policy) {
            case "fixed" -> {
                return Optional.empty();
            }
            case "poly" ->
                scheduler
                        .put("type", "Poly" + kind)
                        .put("eta_min", old.take(lowest).orElse(new Value.Real(0)))
                        .put("power", old.take("power").orElse(new Value.Real(1)));
            case "step", "Step" -> {
                Value steps = old.take("step").orElse(new Value.ListValue(List.of()));
                boolean several = Entries.isList(steps);
                scheduler
                        .put("type", (several ? "MultiStep" : "Step") + kind)
                        .put(several ? "milestones" : "step_size", steps);
                scheduler.put(
                        "gamma",
                        kind.equals("LR")
                                ? old.take("gamma")
                                : old.take("gamma").or(() -> Optional.of(HALF)));
                old.drop(lowest);
            }
            case "exp" -> scheduler.put("type", "Exponential" + kind).put("gamma", old.take("gamma"));
            case "CosineAnnealing" -> {
                scheduler.put("type", "CosineAnnealing" + kind);
                length.ifPresent(end -> scheduler.put("T_max", end - begin));
                scheduler.put(
                        "eta_min",
                        old.take(lowest).or(() -> old.take(lowest + "_ratio").map(this::ofBase)));
            }
            case "cyclic" -> cyclic(old, scheduler, kind);
            case "OneCycle" -> oneCycle(old, scheduler, kind);
            default ->
                throw old.refused(
                        "policy",
                        "'poly', 'step', 'exp', 'CosineAnnealing', 'cyclic', 'OneCycle' or 'fixed'",
                        "'" + policy + "'",
                        "write param_scheduler as in MMSegmentation 1.x");
        }
        scheduler.put("begin", begin);
        length.ifPresent(end -> scheduler.put("end", end));
        return Optional.of(scheduler.put("by_epoch", epochs));
    }

    private static void cyclic(Entries old, Entries scheduler, String kind) {
        scheduler.put("type", "Cyclic" + kind);
        Value ratios = old.take("target_ratio")
                .orElseGet(() -> kind.equals("LR")
                        ? new ListValue(List.of(new Value.Real(10), new Value.Real(1e-4)))
                        : new ListValue(List.of(new Value.Real(0.85 / 0.95), new Value.Real(1))));
        scheduler.put("target_ratio", ratios);
        for (String key : List.of("cyclic_times", "step_ratio_up", "anneal_strategy", "gamma")) {
            scheduler.put(key, old.take(key));
        }
    }

    private static void oneCycle(Entries old, Entries scheduler, String kind) {
        if (!kind.equals("LR")) {
            throw old.refused(
                    "policy",
                    "'cyclic' or 'step' for the momentum",
                    "'OneCycle'",
                    "drop momentum_config, or write the momentum as CyclicMomentum");
        }
        scheduler.put("type", "OneCycleLR").put("eta_max", old.take("max_lr"));
        for (String key : List.of(
                "total_steps", "pct_start", "anneal_strategy", "div_factor", "final_div_factor", "three_phase")) {
            scheduler.put(key, old.take(key));
        }
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
