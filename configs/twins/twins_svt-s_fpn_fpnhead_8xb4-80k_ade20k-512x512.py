_base_ = './twins_svt-b_fpn_fpnhead_8xb4-80k_ade20k-512x512.py'
checkpoint = (
    'https://download.openmmlab.com/mmsegmentation/v0.5/pretrain/twins/'
    'alt_gvt_small_20220308-7e1c3695.pth'
)
model = dict(
    backbone=dict(
        init_cfg=dict(checkpoint=checkpoint),
        embed_dims=[64, 128, 256, 512],
        num_heads=[2, 4, 8, 16],
        depths=[2, 2, 10, 4],
    ),
    neck=dict(in_channels=[64, 128, 256, 512]),
)
