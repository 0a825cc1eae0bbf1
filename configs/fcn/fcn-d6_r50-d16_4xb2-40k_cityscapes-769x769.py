_base_ = './fcn_r50-d8_4xb2-40k_cityscapes-769x769.py'
model = dict(
    backbone=dict(dilations=(1, 1, 1, 2), strides=(1, 2, 2, 1)),
    decode_head=dict(dilation=6),
    auxiliary_head=dict(dilation=6),
)
