# A SegFormer with one layer per stage that starts with 8 channels, tested in overlapping windows.
_base_ = [
    '../_base_/models/segformer_mit-b0.py',
    '../_base_/datasets/scenes_plain.py',
    '../_base_/schedules/schedule_30i.py',
    '../_base_/default_runtime.py',
]
norm_cfg = dict(type='BN', requires_grad=True)
data_preprocessor = dict(size=(96, 128))
model = dict(
    data_preprocessor=data_preprocessor,
    backbone=dict(
        embed_dims=8,
        num_layers=[1, 1, 1, 1],
        num_heads=[1, 2, 4, 8],
        drop_path_rate=0.0,
    ),
    decode_head=dict(
        in_channels=[8, 16, 32, 64],
        channels=32,
        dropout_ratio=0,
        num_classes=8,
        norm_cfg=norm_cfg,
    ),
    test_cfg=dict(mode='slide', crop_size=(64, 64), stride=(48, 48)),
)
optim_wrapper = dict(
    optimizer=dict(_delete_=True, type='AdamW', lr=0.002, betas=(0.9, 0.999), weight_decay=0.01),
    clip_grad=dict(_delete_=True, max_norm=1.0, norm_type=2),
    paramwise_cfg=dict(
        custom_keys=dict(
            pos_block=dict(decay_mult=0.0),
            norm=dict(decay_mult=0.0),
            head=dict(lr_mult=10.0),
        ),
    ),
)
param_scheduler = [
    dict(type='LinearLR', start_factor=0.01, by_epoch=False, begin=0, end=10),
    dict(type='PolyLR', eta_min=0.0, power=1.0, begin=10, end=30, by_epoch=False),
]
env_cfg = dict(cudnn_benchmark=False)
log_processor = dict(window_size=1)
