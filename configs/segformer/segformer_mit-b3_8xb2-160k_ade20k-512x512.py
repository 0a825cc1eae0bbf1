_base_ = './segformer_mit-b1_8xb2-160k_ade20k-512x512.py'
model = dict(
    pretrained='pretrain/mit_b3.pth',
    backbone=dict(num_layers=[3, 4, 18, 3]),
)
