_base_ = './stdc1_4xb12-80k_cityscapes-512x1024.py'
checkpoint = (
    'https://download.openmmlab.com/mmsegmentation/v0.5/pretrain/stdc/'
    'stdc2_20220308-7dbd9127.pth'
)
model = dict(
    backbone=dict(
        backbone_cfg=dict(
            stdc_type='STDCNet2',
            init_cfg=dict(type='Pretrained', checkpoint=checkpoint),
        ),
    ),
)
