package terrazzo.config.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.config.value.Value.ListValue;

/// A config of MMSegmentation 0.x, resolved, in the words of 1.x.
///
/// The result follows the configs that the reference has in both versions. Three things differ between the versions
/// themselves: evaluation loads annotations in the test pipeline, validation always takes one image at a time with
/// four workers, and iteration-based training draws from an endless sampler.
public final class LegacyConfig {

    private static final Set<String> OLD = Set.of(
            "data",
            "optimizer_config",
            "lr_config",
            "runner",
            "total_iters",
            "total_epochs",
            "checkpoint_config",
            "evaluation",
            "log_config",
            "dist_params",
            "resume_from");
    private static final Set<String> NEW = Set.of(
            "train_dataloader",
            "val_dataloader",
            "test_dataloader",
            "optim_wrapper",
            "param_scheduler",
            "default_hooks",
            "default_scope",
            "test_evaluator");

    private final Entries old;
    private final Entries out = new Entries();
    private final LegacySchedule schedule;

    private LegacyConfig(DictValue config) {
        this.old = Entries.of(config);
        this.schedule = new LegacySchedule(old);
    }

    /// Whether a resolved config is written for 0.x: it has keys that only 0.x knows, and none that only 1.x knows.
    public static boolean isLegacy(DictValue config) {
        Set<String> keys = config.entries().keySet();
        return keys.stream().anyMatch(OLD::contains) && keys.stream().noneMatch(NEW::contains);
    }

    /// The config for 1.x.
    ///
    /// @param config one for which [#isLegacy(DictValue)] holds
    public static DictValue migrate(DictValue config) {
        return new LegacyConfig(config).migrate();
    }

    private DictValue migrate() {
        Entries data = Entries.of(old.take("data"));
        Entries evaluation = Entries.of(old.take("evaluation"));
        LegacyPipeline train = LegacyPipeline.of(pipelineOf(data.get("train"))
                .or(() -> old.get("train_pipeline"))
                .orElse(new ListValue(List.of())));
        LegacyPipeline test = LegacyPipeline.of(
                pipelineOf(data.get("test")).or(() -> old.get("test_pipeline")).orElse(new ListValue(List.of())));
        preprocessorAndModel(train, test);
        variables(train.annotations());
        test.augmented(train.annotations()).ifPresent(p -> {
            out.put("tta_pipeline", p);
            out.put("tta_model", Entries.typed("SegTTAModel"));
        });
        if (!data.keys().isEmpty()) {
            dataloaders(data, train.annotations());
            evaluators(evaluation);
        }
        runtime();
        schedule.migrate(out);
        loops(evaluation);
        hooks(evaluation);
        rest();
        return out.dict();
    }

    /// The pipeline of a dataset, or of the first one inside of it.
    private static Optional<Value> pipelineOf(Optional<Value> dataset) {
        if (dataset.isEmpty()) {
            return Optional.empty();
        }
        List<Value> several = Entries.items(dataset.get());
        if (Entries.isList(dataset.get())) {
            return several.isEmpty() ? Optional.empty() : pipelineOf(Optional.of(several.getFirst()));
        }
        Entries d = Entries.of(dataset);
        return d.get("pipeline").or(() -> pipelineOf(d.get("dataset"))).or(() -> pipelineOf(d.get("datasets")));
    }

    private void preprocessorAndModel(LegacyPipeline train, LegacyPipeline test) {
        out.put("norm_cfg", old.take("norm_cfg"));
        Entries moved = test.preprocessor().drop("size", "size_divisor").putAll(train.preprocessor());
        Optional<Value> size = moved.take("size");
        if (!moved.keys().isEmpty()) {
            Entries preprocessor = Entries.typed("SegDataPreProcessor");
            List.of("mean", "std", "bgr_to_rgb").forEach(k -> preprocessor.put(k, moved.take(k)));
            preprocessor.put("pad_val", moved.take("pad_val").orElse(new Value.Int(0)));
            preprocessor.put("seg_pad_val", moved.take("seg_pad_val").orElse(new Value.Int(255)));
            boolean divisor = moved.has("size_divisor");
            preprocessor.put("size", divisor ? Optional.empty() : size.or(() -> old.get("crop_size")));
            out.put("data_preprocessor", preprocessor.putAll(moved));
        }
        Optional<Value> model = old.take("model");
        if (model.isPresent()) {
            Entries m = Entries.of(model);
            Entries result = Entries.typed(m.type()).put("data_preprocessor", out.get("data_preprocessor"));
            result.putAll(m.drop("type"));
            List.of("train_cfg", "test_cfg").forEach(k -> result.put(k, old.take(k)));
            out.put("model", result);
        }
    }

    /// Everything that a config keeps for itself, such as `dataset_type` and `crop_size`, and its pipelines.
    private void variables(Optional<Value> annotations) {
        old.drop("img_norm_cfg", "workflow", "gpu_ids", "device", "opencv");
        for (String key : List.copyOf(old.keys())) {
            Optional<Value> value = old.get(key);
            if (key.endsWith("_pipeline") && value.isPresent()) {
                LegacyPipeline pipeline = LegacyPipeline.of(value.get());
                boolean training = key.startsWith("train");
                out.put(key, training ? pipeline.steps() : pipeline.testSteps(annotations));
                old.drop(key);
            } else if (Set.of("dataset_type", "data_root", "crop_size", "img_scale")
                    .contains(key)) {
                out.put(key, old.take(key));
            }
        }
    }

    private void dataloaders(Entries data, Optional<Value> annotations) {
        Optional<Value> batch = data.take("samples_per_gpu");
        Optional<Value> workers = data.take("workers_per_gpu");
        UnaryOperator<Value> training = p -> LegacyPipeline.of(p).steps();
        UnaryOperator<Value> testing = p -> LegacyPipeline.of(p).testSteps(annotations);
        for (String part : List.of("train", "val", "test")) {
            boolean train = part.equals("train");
            Entries special = Entries.of(data.take(part + "_dataloader"));
            Optional<Value> dataset = data.take(part);
            if (dataset.isEmpty()) {
                continue;
            }
            Value one = new Value.Int(1);
            Value four = new Value.Int(4);
            boolean endless = train && !schedule.byEpoch();
            Entries loader = new Entries();
            loader.put("batch_size", special.take("samples_per_gpu").or(() -> train ? batch : Optional.of(one)));
            loader.put("num_workers", special.take("workers_per_gpu").or(() -> train ? workers : Optional.of(four)));
            loader.put("persistent_workers", special.takeBool("persistent_workers", true));
            loader.put(
                    "sampler",
                    Entries.typed(endless ? "InfiniteSampler" : "DefaultSampler")
                            .put("shuffle", special.takeBool("shuffle", train)));
            loader.put("dataset", LegacyDataset.migrate(dataset.get(), train ? training : testing));
            out.put(part + "_dataloader", loader.putAll(special));
        }
        data.done("data");
    }

    private void evaluators(Entries evaluation) {
        List<Value> metrics = new ArrayList<>();
        boolean cityscapes = false;
        for (Value metric : evaluation.get("metric").map(Entries::items).orElse(List.of(new Value.Str("mIoU")))) {
            if (Entries.text(metric).equals("cityscapes")) {
                cityscapes = true;
            } else {
                metrics.add(metric);
            }
        }
        List<Value> evaluators = new ArrayList<>();
        if (!metrics.isEmpty()) {
            evaluators.add(Entries.typed("IoUMetric")
                    .put("iou_metrics", new ListValue(metrics))
                    .dict());
        }
        if (cityscapes) {
            evaluators.add(Entries.typed("CitysMetric")
                    .put("citys_metrics", new ListValue(List.of(new Value.Str("cityscapes"))))
                    .dict());
        }
        Value value = evaluators.size() == 1 ? evaluators.getFirst() : new ListValue(evaluators);
        for (String part : List.of("val", "test")) {
            if (out.has(part + "_dataloader")) {
                out.put(part + "_evaluator", value);
            }
        }
    }

    private void runtime() {
        Entries dist = Entries.of(old.take("dist_params")).drop("port");
        out.put("default_scope", "mmseg");
        Entries processes = new Entries()
                .put("mp_start_method", old.take("mp_start_method").orElse(new Value.Str("fork")))
                .put("opencv_num_threads", old.take("opencv_num_threads").orElse(new Value.Int(0)));
        out.put(
                "env_cfg",
                new Entries()
                        .put("cudnn_benchmark", old.takeBool("cudnn_benchmark", false))
                        .put("mp_cfg", processes)
                        .put(
                                "dist_cfg",
                                new Entries()
                                        .put("backend", dist.take("backend").orElse(new Value.Str("nccl")))));
        Value backends = visBackends();
        out.put("vis_backends", backends);
        out.put(
                "visualizer",
                Entries.typed("SegLocalVisualizer")
                        .put("vis_backends", backends)
                        .put("name", "visualizer"));
        out.put("log_processor", new Entries().put("by_epoch", schedule.byEpoch()));
        out.put("log_level", old.takeText("log_level").orElse("INFO"));
        Optional<Value> resume = old.take("resume_from");
        Optional<Value> load = old.take("load_from");
        out.put("load_from", resume.or(() -> load).orElse(new Value.None()));
        out.put("resume", resume.isPresent() || old.takeBool("auto_resume", false));
        old.take("seed").ifPresent(seed -> out.put("randomness", new Entries().put("seed", seed)));
    }

    /// Loggers of 0.x that wrote elsewhere than to the console.
    private Value visBackends() {
        Map<String, String> backendByHook = new LinkedHashMap<>();
        backendByHook.put("TensorboardLoggerHook", "TensorboardVisBackend");
        backendByHook.put("WandbLoggerHook", "WandbVisBackend");
        backendByHook.put("MMSegWandbHook", "WandbVisBackend");
        List<Value> backends =
                new ArrayList<>(List.of(Entries.typed("LocalVisBackend").dict()));
        Optional<Value> hooks = Entries.of(old.get("log_config")).get("hooks");
        for (Value hook : hooks.map(Entries::items).orElse(List.of())) {
            Entries h = Entries.of(Optional.of(hook));
            String backend = backendByHook.get(h.type());
            if (backend != null) {
                backends.add(Entries.typed(backend)
                        .put("init_kwargs", h.take("init_kwargs"))
                        .dict());
            } else if (!h.type().equals("TextLoggerHook") && !h.type().isEmpty()) {
                throw old.refused(
                        "log_config",
                        "TextLoggerHook, TensorboardLoggerHook or WandbLoggerHook",
                        "'" + h.type() + "'",
                        "remove it");
            }
        }
        return new ListValue(backends);
    }

    private void loops(Entries evaluation) {
        if (!schedule.hasLength()) {
            return;
        }
        out.put("train_cfg", schedule.trainLoop(evaluation.takeInt("interval").orElse(1L)));
        if (out.has("val_dataloader") || out.keys().stream().noneMatch(k -> k.endsWith("_dataloader"))) {
            out.put("val_cfg", Entries.typed("ValLoop"));
        }
        if (out.has("test_dataloader") || out.keys().stream().noneMatch(k -> k.endsWith("_dataloader"))) {
            out.put("test_cfg", Entries.typed("TestLoop"));
        }
    }

    private void hooks(Entries evaluation) {
        Entries log = Entries.of(old.take("log_config"));
        Entries saving = Entries.of(old.take("checkpoint_config"));
        boolean byEpoch = saving.takeBool("by_epoch", true);
        Entries checkpoint = Entries.typed("CheckpointHook").put("by_epoch", byEpoch);
        checkpoint.put("interval", saving.take("interval").orElse(new Value.Int(1)));
        checkpoint.putAll(saving.drop("type", "meta", "create_symlink"));
        checkpoint.put("save_best", evaluation.take("save_best")).put("rule", evaluation.take("rule"));
        Entries hooks = new Entries();
        hooks.put("timer", Entries.typed("IterTimerHook"));
        hooks.put(
                "logger",
                Entries.typed("LoggerHook")
                        .put("interval", log.take("interval").orElse(new Value.Int(50)))
                        .put("log_metric_by_epoch", schedule.byEpoch()));
        hooks.put("param_scheduler", Entries.typed("ParamSchedulerHook"));
        hooks.put("checkpoint", checkpoint);
        hooks.put("sampler_seed", Entries.typed("DistSamplerSeedHook"));
        hooks.put("visualization", Entries.typed("SegVisualizationHook"));
        out.put("default_hooks", hooks);
    }

    /// What the config keeps under its old name: `custom_imports`, `work_dir`, variables of its own.
    private void rest() {
        for (String key : List.copyOf(old.keys())) {
            if (!out.keys().contains(key)) {
                out.put(key, old.take(key).orElse(new Value.None()));
            }
        }
    }
}
