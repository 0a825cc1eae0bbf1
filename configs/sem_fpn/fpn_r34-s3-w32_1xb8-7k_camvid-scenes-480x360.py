# The third stage of the bundled model: a second cycle of the rate, from the second stage's weights, with harder crops
# (wider scales, turned, darker and brighter) because the training loss still fell while the test split's no longer did.
_base_ = './fpn_r34-s3-w32_1xb8-9k_camvid-480x360.py'
load_from = 'work_dirs/fpn_r34-s3-w32_1xb8-700i_camvid-scenes-480x360/iter_700.pth'
crop_size = (256, 320)
max_iters = 7000
model = dict(decode_head=dict(dropout_ratio=0.2))
loading = [dict(type='LoadImageFromFile'), dict(type='LoadAnnotations')]
cropping = [
    dict(type='RandomCrop', crop_size=crop_size, cat_max_ratio=0.75),
    dict(type='RandomFlip', prob=0.5),
    dict(type='RandomRotate', prob=0.3, degree=8.0, pad_val=0, seg_pad_val=255),
    dict(
        type='PhotoMetricDistortion',
        brightness_delta=48,
        contrast_range=(0.4, 1.6),
        saturation_range=(0.4, 1.6),
    ),
    dict(type='PackSegInputs'),
]
photographs = (
    loading
    + [dict(type='RandomResize', scale=(480, 360), ratio_range=(0.5, 2.0), keep_ratio=True)]
    + cropping
)
scenes = (
    loading
    + [dict(type='RandomResize', scale=(960, 540), ratio_range=(0.4, 1.2), keep_ratio=True)]
    + cropping
)
train_dataloader = dict(
    dataset=dict(
        _delete_=True,
        type='ConcatDataset',
        datasets=[
            dict(
                type='CamVidDataset',
                data_root='data/camvid',
                data_prefix=dict(img_path='img_dir/train', seg_map_path='ann_dir/train'),
                pipeline=photographs,
            ),
            dict(
                type='CamVidDataset',
                data_root='data/camvid',
                data_prefix=dict(img_path='img_dir/val', seg_map_path='ann_dir/val'),
                pipeline=photographs,
            ),
            dict(
                type='CamVidDataset',
                data_root='data/camvid-scenes',
                img_suffix='.png',
                data_prefix=dict(img_path='img_dir/train', seg_map_path='ann_dir/train'),
                pipeline=scenes,
            ),
        ],
    ),
)
param_scheduler = [
    dict(type='LinearLR', start_factor=0.1, begin=0, end=100, by_epoch=False),
    dict(type='PolyLR', eta_min=1e-3, power=0.9, begin=100, end=max_iters, by_epoch=False),
]
train_cfg = dict(max_iters=max_iters, val_interval=1750)
