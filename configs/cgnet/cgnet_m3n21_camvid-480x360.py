# CGNet with 3 and 21 blocks, fed with RGB of which only the mean is subtracted; images keep their size when testing.
_base_ = [
    '../_base_/models/cgnet.py',
    '../_base_/datasets/camvid.py',
    '../_base_/schedules/schedule_20k.py',
    '../_base_/default_runtime.py',
]
norm_cfg = dict(type='BN', eps=0.001, requires_grad=True)
data_preprocessor = dict(mean=[105.658, 103.330, 99.626], size=(360, 480))
model = dict(
    data_preprocessor=data_preprocessor,
    backbone=dict(norm_cfg=norm_cfg),
    decode_head=dict(num_classes=11, norm_cfg=norm_cfg, loss_decode=dict(class_weight=None)),
)
optim_wrapper = dict(
    optimizer=dict(_delete_=True, type='Adam', lr=0.001, eps=1e-8, weight_decay=5e-4),
)
