# As the first releases wrote it: test_cfg beside the model, total_iters, flip_ratio.
_base_ = ['runtime.py', 'cityscapes.py', 'resnet.py']
crop_size = (769, 769)
model = dict(
    type='EncoderDecoder',
    pretrained='open-mmlab://resnet50_v1c',
    backbone={{_base_.resnet}},
    decode_head=dict(
        type='PSPHead', in_channels=2048, in_index=3, channels=512, pool_scales=(1, 2, 3, 6), dropout_ratio=0.1,
        num_classes=19, norm_cfg=dict(type='SyncBN', requires_grad=True), align_corners=True,
        loss_decode=dict(type='CrossEntropyLoss', use_sigmoid=False, loss_weight=1.0)),
    auxiliary_head=dict(**{{_base_.auxiliary}}))
model['auxiliary_head']['align_corners'] = True
train_cfg = dict()
test_cfg = dict(mode='slide', crop_size=(769, 769), stride=(513, 513))
normalize = dict(type='Normalize', **{{_base_.img_norm_cfg}})
train_pipeline = [
    dict(type='LoadImageFromFile'),
    dict(type='LoadAnnotations'),
    dict(type='Resize', img_scale=(2049, 1025), ratio_range=(0.5, 2.0)),
    dict(type='RandomCrop', crop_size=crop_size, cat_max_ratio=0.75),
    dict(type='RandomFlip', flip_ratio=0.5),
    dict(type='PhotoMetricDistortion'),
    normalize,
    dict(type='Pad', size=crop_size, pad_val=0, seg_pad_val=255),
    dict(type='DefaultFormatBundle'),
    dict(type='Collect', keys=['img', 'gt_semantic_seg']),
]
test_pipeline = [
    dict(type='LoadImageFromFile'),
    dict(
        type='MultiScaleFlipAug',
        img_scale=(2049, 1025),
        img_ratios=[0.5, 1.0, 1.5],
        flip=True,
        transforms=[
            dict(type='Resize', keep_ratio=True),
            dict(type='RandomFlip'),
            normalize,
            dict(type='ImageToTensor', keys=['img']),
            dict(type='Collect', keys=['img']),
        ])
]
place = dict(type='CityscapesDataset', data_root='data/cityscapes/')
data = dict(
    samples_per_gpu=2,
    workers_per_gpu=2,
    train=dict(**place, img_dir='leftImg8bit/train', ann_dir='gtFine/train', pipeline=train_pipeline),
    val=dict(**place, img_dir='leftImg8bit/val', ann_dir='gtFine/val', pipeline=test_pipeline),
    test=dict(**place, img_dir='leftImg8bit/val', ann_dir='gtFine/val', pipeline=test_pipeline))
optimizer = dict(type='SGD', lr=0.01, momentum=0.9, weight_decay=0.0005)
optimizer_config = dict()
lr_config = dict(policy='poly', power=0.9, min_lr=1e-4, by_epoch=False)
total_iters = 40000
checkpoint_config = dict(by_epoch=False, interval=4000)
evaluation = dict(interval=4000, metric='mIoU')
