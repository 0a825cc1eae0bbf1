_base_ = './segformer_mit-b1_8xb1-160k_cityscapes-1024x1024.py'
model = dict(
    backbone=dict(
        num_layers=[3, 6, 40, 3],
        init_cfg=dict(checkpoint='pretrain/mit_b5.pth'),
    ),
)
