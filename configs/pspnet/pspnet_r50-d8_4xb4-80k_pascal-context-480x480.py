_base_ = [
    '../_base_/models/pspnet_r50-d8.py',
    '../_base_/datasets/pascal_context.py',
    '../_base_/schedules/schedule_80k.py',
    '../_base_/default_runtime.py',
]
crop_size = (480, 480)
data_preprocessor = dict(size=crop_size)
model = dict(
    data_preprocessor=data_preprocessor,
    decode_head=dict(num_classes=60),
    auxiliary_head=dict(num_classes=60),
    test_cfg=dict(mode='slide', crop_size=crop_size, stride=(320, 320)),
)
optimizer = dict(lr=0.004, weight_decay=1e-4)
optim_wrapper = dict(optimizer=optimizer)
