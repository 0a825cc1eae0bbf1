_base_ = './knet-s3_r50-d8_pspnet_8xb2-adamw-80k_ade20k-512x512.py'
model = dict(
    backbone=dict(dilations=(1, 1, 1, 1), strides=(1, 2, 2, 2)),
    decode_head=dict(
        kernel_generate_head=dict(
            type='UPerHead',
            in_channels=[256, 512, 1024, 2048],
            in_index=[0, 1, 2, 3],
        ),
    ),
)
