_base_ = './bisenetv1_r18-d32_4xb4-160k_cityscapes-1024x1024.py'
norm_cfg = dict(type='SyncBN', requires_grad=True)
model = dict(
    backbone=dict(
        context_channels=(512, 1024, 2048),
        spatial_channels=[256, 256, 256, 512],
        out_channels=1024,
        backbone_cfg=dict(depth=50),
    ),
    decode_head=dict(in_channels=1024, channels=1024),
    auxiliary_head=[
        dict(
            type='FCNHead',
            in_channels=512,
            channels=256,
            num_convs=1,
            num_classes=19,
            in_index=i,
            norm_cfg=norm_cfg,
            concat_input=False,
        )
        for i in (1, 2)
    ],
)
optimizer = dict(lr=0.05)
optim_wrapper = dict(optimizer=optimizer)
