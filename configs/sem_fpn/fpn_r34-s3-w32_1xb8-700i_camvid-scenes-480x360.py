# The second stage of the bundled model: it goes on from the first one's weights with whole images instead of crops, and
# with drawn scenes beside the photographs, so that it segments both. Make them with
#   terrazzo scenes data/camvid-scenes --count 50 --val 0 --size 960x540 --seed 100 --labels-of CamVidDataset
_base_ = './fpn_r34-s3-w32_1xb8-9k_camvid-480x360.py'
load_from = 'work_dirs/fpn_r34-s3-w32_1xb8-9k_camvid-480x360/iter_9000.pth'
crop_size = (360, 480)
max_iters = 700
data_preprocessor = dict(size=crop_size)
model = dict(data_preprocessor=data_preprocessor)
loading = [dict(type='LoadImageFromFile'), dict(type='LoadAnnotations')]
cropping = [
    dict(type='RandomCrop', crop_size=crop_size, cat_max_ratio=0.75),
    dict(type='RandomFlip', prob=0.5),
    dict(type='PhotoMetricDistortion'),
    dict(type='PackSegInputs'),
]
photographs = (
    loading
    + [dict(type='RandomResize', scale=(480, 360), ratio_range=(0.6, 1.5), keep_ratio=True)]
    + cropping
)
scenes = (
    loading
    + [dict(type='RandomResize', scale=(960, 540), ratio_range=(0.5, 1.2), keep_ratio=True)]
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
optim_wrapper = dict(optimizer=dict(lr=0.02))
param_scheduler = [
    dict(type='LinearLR', start_factor=0.1, begin=0, end=50, by_epoch=False),
    dict(type='PolyLR', eta_min=1e-5, power=0.9, begin=50, end=max_iters, by_epoch=False),
]
train_cfg = dict(max_iters=max_iters, val_interval=350)
