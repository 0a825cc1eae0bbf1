_base_ = './swin-base-patch4-window7-in1k-pre_upernet_8xb2-160k_ade20k-512x512.py'
checkpoint_file = (
    'https://download.openmmlab.com/mmsegmentation/v0.5/pretrain/swin/'
    'swin_base_patch4_window12_384_20220317-55b0104a.pth'
)
model = dict(
    backbone=dict(
        pretrain_img_size=384,
        window_size=12,
        init_cfg=dict(checkpoint=checkpoint_file),
    ),
)
