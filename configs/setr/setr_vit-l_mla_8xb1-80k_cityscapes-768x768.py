_base_ = [
    '../_base_/models/setr_mla.py',
    '../_base_/datasets/cityscapes_768x768.py',
    '../_base_/schedules/schedule_80k.py',
    '../_base_/default_runtime.py',
]
crop_size = (768, 768)
data_preprocessor = dict(size=crop_size)
model = dict(
    data_preprocessor=data_preprocessor,
    pretrained=None,
    backbone=dict(
        drop_rate=0,
        init_cfg=dict(type='Pretrained', checkpoint='pretrain/vit_large_p16.pth'),
    ),
    test_cfg=dict(mode='slide', crop_size=crop_size, stride=(512, 512)),
)
train_dataloader = dict(batch_size=1)
optimizer = dict(lr=0.002, weight_decay=0.0)
optim_wrapper = dict(
    optimizer=optimizer,
    paramwise_cfg=dict(custom_keys=dict(head=dict(lr_mult=10.0))),
)
