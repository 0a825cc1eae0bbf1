_base_ = './pspnet_r50b-d8_4xb2-80k_cityscapes-512x1024.py'
model = dict(backbone=dict(strides=(1, 2, 2, 2)))
