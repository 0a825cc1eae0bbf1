# A U-Net of four stages that starts with 8 channels: the smallest training that goes through every part.
_base_ = [
    '../_base_/models/fcn_unet_s5-d16.py',
    '../_base_/datasets/scenes_plain.py',
    '../_base_/schedules/schedule_30i.py',
    '../_base_/default_runtime.py',
]
norm_cfg = dict(type='BN', requires_grad=True)
data_preprocessor = dict(size=(96, 128))
model = dict(
    data_preprocessor=data_preprocessor,
    backbone=dict(
        base_channels=8,
        num_stages=4,
        strides=(1, 1, 1, 1),
        enc_num_convs=(2, 2, 2, 2),
        dec_num_convs=(2, 2, 2),
        downsamples=(True, True, True),
        enc_dilations=(1, 1, 1, 1),
        dec_dilations=(1, 1, 1),
        norm_cfg=norm_cfg,
    ),
    decode_head=dict(
        in_channels=8,
        in_index=3,
        channels=8,
        dropout_ratio=0,
        num_classes=8,
        norm_cfg=norm_cfg,
    ),
    auxiliary_head=dict(
        in_channels=16,
        in_index=2,
        channels=8,
        dropout_ratio=0,
        num_classes=8,
        norm_cfg=norm_cfg,
    ),
    test_cfg=dict(_delete_=True, mode='whole'),
)
optim_wrapper = dict(paramwise_cfg=dict(custom_keys=dict(head=dict(lr_mult=10.0))))
env_cfg = dict(cudnn_benchmark=False)
log_processor = dict(window_size=1)
