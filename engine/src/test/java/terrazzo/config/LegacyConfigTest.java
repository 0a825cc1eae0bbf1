package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.config.value.Value;
import terrazzo.config.value.Value.DictValue;
import terrazzo.core.error.ConfigException;

/// Configs written for 0.x, in `src/test/resources`, against what the configs of 1.0.0rc0 for the same model and data
/// set resolve to (`tests/golden/facts/configs.json.gz`).
class LegacyConfigTest {

    private static final Path FACTS = Path.of("../tests/golden/facts/configs.json.gz");
    private static final Path FOLDER = Path.of("src/test/resources/terrazzo/config/migrate");
    private static final List<String> KEYS = List.of(
            "data_preprocessor",
            "model",
            "train_pipeline",
            "test_pipeline",
            "train_dataloader",
            "val_dataloader",
            "test_dataloader",
            "val_evaluator",
            "test_evaluator",
            "default_scope",
            "env_cfg",
            "vis_backends",
            "visualizer",
            "log_processor",
            "log_level",
            "load_from",
            "resume",
            "optim_wrapper",
            "param_scheduler",
            "train_cfg",
            "val_cfg",
            "test_cfg",
            "default_hooks");

    @SuppressWarnings("NullAway.Init")
    private static JsonNode facts;

    @BeforeAll
    static void readFacts() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FACTS))) {
            facts = new ObjectMapper().readTree(in);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        fcn.py,                fcn/fcn_r50-d8_4xb2-40k_cityscapes-512x1024.py
        unet.py,               unet/unet-s5-d16_fcn_4xb4-40k_drive-64x64.py
        segformer.py,          segformer/segformer_mit-b0_8xb2-160k_ade20k-512x512.py
        pspnet_v0_5.py,        pspnet/pspnet_r50-d8_4xb2-40k_cityscapes-769x769.py
        deeplabv3plus_fp16.py, deeplabv3plus/deeplabv3plus_r101-d8_4xb2-amp-80k_cityscapes-512x1024.py
        """)
    void becomesTheConfigOfTheNewVersion(String old, String current) throws IOException {
        Config migrated = Config.load(FOLDER.resolve(old));
        assertTrue(migrated.isLegacy());
        DictValue expected =
                Config.fromJson(facts.path(current).toString(), current).dict();
        for (String key : KEYS) {
            assertEquals(plain(of(expected, key)), plain(of(migrated.dict(), key)), key);
        }
    }

    @Test
    void printsTextThatIsNotLegacyAnyMore() throws IOException {
        Config migrated = Config.load(FOLDER.resolve("segformer.py"));
        Config again = Config.parse(migrated.toPython(), "again.py");
        assertFalse(again.isLegacy());
        assertEquals(migrated.dict(), again.dict());
    }

    @Test
    void keepsTestTimeAugmentationAsAPipelineOfItsOwn() throws IOException {
        DictValue config = Config.load(FOLDER.resolve("pspnet_v0_5.py")).dict();
        Config shown = Config.of(DictValue.of(Map.of("tta_pipeline", of(config, "tta_pipeline"))), "tta");
        assertEquals("""
            tta_pipeline = [
                dict(type='LoadImageFromFile'),
                dict(
                    type='TestTimeAug',
                    transforms=[
                        [
                            dict(type='Resize', scale_factor=0.5, keep_ratio=True),
                            dict(type='Resize', scale_factor=1.0, keep_ratio=True),
                            dict(type='Resize', scale_factor=1.5, keep_ratio=True),
                        ],
                        [
                            dict(type='RandomFlip', prob=0.0, direction='horizontal'),
                            dict(type='RandomFlip', prob=1.0, direction='horizontal'),
                        ],
                        [dict(type='LoadAnnotations')],
                        [dict(type='PackSegInputs')],
                    ]),
            ]
            """, shown.toPython());
    }

    @Test
    void takesOptionsInTheWordsOfEitherVersion() throws IOException {
        Config config = Config.load(
                FOLDER.resolve("fcn.py"),
                List.of("data.samples_per_gpu=8", "train_dataloader.num_workers=1", "model.decode_head.channels=7"));
        ConfigNode root = config.root();
        assertEquals(8, root.node("train_dataloader").integer("batch_size"));
        assertEquals(1, root.node("train_dataloader").integer("num_workers"));
        assertEquals(7, root.node("model").node("decode_head").integer("channels"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        data=dict(train=dict(type='A', img_dir='i', ann_dir=['a', 'b'], split=['s', 't'])) \
            | train_dataloader.dataset | {type=ConcatDataset, datasets=[\
        {type=A, data_prefix={img_path=i, seg_map_path=a}, ann_file=s}, \
        {type=A, data_prefix={img_path=i, seg_map_path=b}, ann_file=t}]}
        data=dict(test=[dict(type='A'), dict(type='B', classes=['x'], palette=[[0, 0, 0]])]) \
            | test_dataloader.dataset \
            | {type=ConcatDataset, datasets=[{type=A}, {type=B, metainfo={classes=[x], palette=[[0, 0, 0]]}}]}
        runner=dict(type='EpochBasedRunner', max_epochs=9); data=dict(train=dict(type='A')) \
            | train_dataloader.sampler | {type=DefaultSampler, shuffle=true}
        runner=dict(type='EpochBasedRunner', max_epochs=9); evaluation=dict(interval=3) \
            | train_cfg | {type=EpochBasedTrainLoop, max_epochs=9, val_interval=3}
        total_iters=9; lr_config=dict(policy='step', step=[3, 6], warmup='constant', warmup_iters=2, by_epoch=False) \
            | param_scheduler | [{type=ConstantLR, factor=0.1, by_epoch=false, begin=0, end=2}, \
        {type=MultiStepLR, milestones=[3, 6], begin=2, end=9, by_epoch=false}]
        total_iters=9; lr_config=dict(policy='CosineAnnealing', min_lr_ratio=0.1, by_epoch=False); \
        optimizer=dict(type='SGD', lr=0.5) \
            | param_scheduler | [{type=CosineAnnealingLR, T_max=9, eta_min=0.05, begin=0, end=9, by_epoch=false}]
        total_iters=9; lr_config=dict(policy='poly', warmup='exp', warmup_iters=2, warmup_ratio=0.01, by_epoch=False) \
            | param_scheduler | [{type=ExponentialWarmupLR, start_factor=0.01, by_epoch=false, begin=0, end=2}, \
        {type=PolyLR, eta_min=0, power=1, begin=2, end=9, by_epoch=false}]
        total_iters=9; lr_config=dict(policy='cyclic', target_ratio=(6, 0.5), cyclic_times=2, gamma=0.9); \
        momentum_config=dict(policy='cyclic', target_ratio=(0.9, 1), step_ratio_up=0.5) \
            | param_scheduler | [{type=CyclicLR, target_ratio=[6, 0.5], cyclic_times=2, gamma=0.9, begin=0, end=9, \
        by_epoch=false}, {type=CyclicMomentum, target_ratio=[0.9, 1], step_ratio_up=0.5, begin=0, end=9, \
        by_epoch=false}]
        total_iters=9; lr_config=dict(policy='OneCycle', max_lr=0.5, pct_start=0.2, div_factor=10) \
            | param_scheduler | [{type=OneCycleLR, eta_max=0.5, pct_start=0.2, div_factor=10, begin=0, end=9, \
        by_epoch=false}]
        total_epochs=9; lr_config=dict(policy='fixed'); momentum_config=dict(policy='step', step=[3]) \
            | param_scheduler | [{type=MultiStepMomentum, milestones=[3], gamma=0.5, begin=0, end=9, by_epoch=true}]
        optimizer=dict(type='SGD'); optimizer_config=dict(grad_clip=dict(max_norm=1)); workflow=[]; data=dict() \
            | optim_wrapper | {type=OptimWrapper, optimizer={type=SGD}, clip_grad={max_norm=1}}
        optimizer=dict(type='SGD'); fp16=dict(loss_scale='dynamic'); data=dict() \
            | optim_wrapper | {type=AmpOptimWrapper, optimizer={type=SGD}, loss_scale=dynamic}
        optimizer=dict(type='SGD'); data=dict(); \
        optimizer_config=dict(type='GradientCumulativeFp16OptimizerHook', cumulative_iters=2) \
            | optim_wrapper | {type=AmpOptimWrapper, optimizer={type=SGD}, accumulative_counts=2, loss_scale=512}
        resume_from='a.pth' | resume | true
        resume_from='a.pth' | load_from | a.pth
        log_config=dict(hooks=[dict(type='TensorboardLoggerHook')]) \
            | vis_backends | [{type=LocalVisBackend}, {type=TensorboardVisBackend}]
        evaluation=dict(metric=['mIoU', 'cityscapes']); data=dict(val=dict(type='A')) \
            | val_evaluator \
            | [{type=IoUMetric, iou_metrics=[mIoU]}, {type=CitysMetric, citys_metrics=[cityscapes]}]
        train_pipeline=[dict(type='Resize', img_scale=[(8, 4), (16, 8)], multiscale_mode='value')]; data=dict() \
            | train_pipeline | [{type=RandomChoiceResize, scales=[[8, 4], [16, 8]]}]
        checkpoint_config=dict(interval=2, max_keep_ckpts=3); evaluation=dict(save_best='mIoU') \
            | default_hooks.checkpoint \
            | {type=CheckpointHook, by_epoch=true, interval=2, max_keep_ckpts=3, save_best=mIoU}
        """)
    void translatesEachSetting(String text, String path, String expected) throws IOException {
        Config config = Config.parse(text, "old.py");
        Value value = config.dict();
        for (String key : path.split("\\.")) {
            value = of((DictValue) value, key);
        }
        assertEquals(expected, String.valueOf(plain(value)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        lr_config=dict(policy='inv') \
            | old.py:1: policy: expected 'poly', 'step', 'exp', 'CosineAnnealing', 'cyclic', 'OneCycle' or 'fixed', \
        got 'inv' — write param_scheduler as in MMSegmentation 1.x
        lr_config=dict(policy='poly', warmup='sine') \
            | old.py:1: warmup: expected 'linear', 'constant' or 'exp', got 'sine' — use one of those
        lr_config=dict(policy='fixed'); momentum_config=dict(policy='OneCycle') \
            | old.py:1: policy: expected 'cyclic' or 'step' for the momentum, got 'OneCycle' — drop momentum_config, \
        or write the momentum as CyclicMomentum
        data=dict(train=dict(type='A'), persistant=1) \
            | old.py:1: persistant: expected a setting of data that MMSegmentation 1.x has too, got 'persistant' \
        — remove it, or write the config for 1.x
        log_config=dict(hooks=[dict(type='PaviLoggerHook')]) \
            | old.py:1: log_config: expected TextLoggerHook, TensorboardLoggerHook or WandbLoggerHook, \
        got 'PaviLoggerHook' — remove it
        """)
    void refusesWhatTheNewVersionDoesNotHave(String text, String message) {
        ConfigException e = assertThrows(ConfigException.class, () -> Config.parse(text, "old.py"));
        assertEquals(message.replaceAll("\\s+", " "), e.complaint().text());
    }

    private static Value of(DictValue dict, String key) {
        return dict.entries().getOrDefault(key, new Value.Str("nothing under " + key));
    }

    /// Java's own maps and lists, with lists for tuples, whole numbers for floats that are whole, and no `None`s.
    private static Object plain(Value value) {
        return switch (value) {
            case Value.None _ -> "None";
            case Value.Bool(var b) -> b;
            case Value.Int(var i) -> i;
            case Value.Real(var d) -> d == Math.rint(d) ? (Object) (long) d : (Object) d;
            case Value.Str(var s) -> s;
            case Value.ListValue(var items) ->
                items.stream().map(LegacyConfigTest::plain).toList();
            case Value.TupleValue(var items) ->
                items.stream().map(LegacyConfigTest::plain).toList();
            case DictValue dict -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                dict.entries().forEach((key, v) -> {
                    if (!(v instanceof Value.None)) {
                        entries.put(key, plain(v));
                    }
                });
                yield entries;
            }
        };
    }
}
