# Semantic FPN on the first three stages of a ResNet-34 of half the usual width, whose last stage keeps an eighth of the
# image's size and is dilated instead: 2 million weights in dense convolutions, which processors with bfloat16 train
# fastest, and more places per weight to learn from than a deeper pyramid has. It learns from train and val together, as
# CGNet's paper did, and is watched on test.
_base_ = ['../_base_/datasets/camvid.py', '../_base_/default_runtime.py']
crop_size = (256, 320)
max_iters = 9000
norm_cfg = dict(type='BN', requires_grad=True)
data_preprocessor = dict(
    type='SegDataPreProcessor',
    mean=[105.658, 103.330, 99.626],
    std=[75.0, 76.0, 77.0],
    bgr_to_rgb=True,
    pad_val=0,
    seg_pad_val=255,
    size=crop_size,
)
model = dict(
    type='EncoderDecoder',
    data_preprocessor=data_preprocessor,
    backbone=dict(
        type='ResNet',
        depth=34,
        base_channels=32,
        stem_channels=32,
        num_stages=3,
        out_indices=(0, 1, 2),
        strides=(1, 2, 1),
        dilations=(1, 1, 2),
        multi_grid=(1, 2, 4, 1, 2, 4),
        norm_cfg=norm_cfg,
        norm_eval=False,
        style='pytorch',
    ),
    neck=dict(type='FPN', in_channels=[32, 64, 128], out_channels=48, num_outs=3),
    decode_head=dict(
        type='FPNHead',
        in_channels=[48, 48, 48],
        in_index=[0, 1, 2],
        feature_strides=[4, 8, 8],
        channels=48,
        dropout_ratio=0.1,
        num_classes=11,
        norm_cfg=norm_cfg,
        align_corners=False,
        # the square root of ENet's weights, so that rare classes count more but don't rule
        loss_decode=dict(
            type='CrossEntropyLoss',
            loss_weight=1.0,
            class_weight=[0.75, 0.64, 1.77, 0.6, 1.03, 0.89, 1.7, 1.7, 1.1, 1.87, 2.0],
        ),
    ),
    train_cfg=dict(),
    test_cfg=dict(mode='whole'),
)
train_pipeline = [
    dict(type='LoadImageFromFile'),
    dict(type='LoadAnnotations'),
    dict(type='RandomResize', scale=(480, 360), ratio_range=(0.5, 1.75), keep_ratio=True),
    dict(type='RandomCrop', crop_size=crop_size, cat_max_ratio=0.75),
    dict(type='RandomFlip', prob=0.5),
    dict(type='PhotoMetricDistortion'),
    dict(type='PackSegInputs'),
]
train_dataloader = dict(
    batch_size=8,
    num_workers=1,
    dataset=dict(
        _delete_=True,
        type='ConcatDataset',
        datasets=[
            dict(
                type='CamVidDataset',
                data_root='data/camvid',
                data_prefix=dict(img_path='img_dir/' + split, seg_map_path='ann_dir/' + split),
                pipeline=train_pipeline,
            )
            for split in ('train', 'val')
        ],
    ),
)
val_dataloader = dict(
    num_workers=1,
    dataset=dict(data_prefix=dict(img_path='img_dir/test', seg_map_path='ann_dir/test')),
)
test_dataloader = dict(num_workers=1)
optim_wrapper = dict(
    type='AmpOptimWrapper',
    optimizer=dict(type='SGD', lr=0.06, momentum=0.9, weight_decay=5e-4, nesterov=True),
    paramwise_cfg=dict(norm_decay_mult=0.0),
    clip_grad=dict(max_norm=5.0),
)
param_scheduler = [
    dict(type='LinearLR', start_factor=0.01, begin=0, end=400, by_epoch=False),
    dict(type='PolyLR', eta_min=1e-4, power=0.9, begin=400, end=max_iters, by_epoch=False),
]
randomness = dict(seed=20)
train_cfg = dict(type='IterBasedTrainLoop', max_iters=max_iters, val_interval=1500)
val_cfg = dict(type='ValLoop', loss=False)
test_cfg = dict(type='TestLoop')
default_hooks = dict(
    logger=dict(type='LoggerHook', interval=20, log_metric_by_epoch=False),
    checkpoint=dict(type='CheckpointHook', by_epoch=False, interval=500, max_keep_ckpts=2),
)
log_processor = dict(by_epoch=False, window_size=20)
