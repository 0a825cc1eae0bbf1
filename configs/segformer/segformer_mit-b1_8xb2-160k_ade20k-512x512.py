_base_ = './segformer_mit-b0_8xb2-160k_ade20k-512x512.py'
model = dict(
    pretrained='pretrain/mit_b1.pth',
    backbone=dict(embed_dims=64),
    decode_head=dict(in_channels=[64, 128, 320, 512]),
)
