_base_ = './segformer_mit-b1_8xb2-160k_ade20k-512x512.py'
model = dict(
    pretrained='pretrain/mit_b5.pth',
    backbone=dict(num_layers=[3, 6, 40, 3]),
)
