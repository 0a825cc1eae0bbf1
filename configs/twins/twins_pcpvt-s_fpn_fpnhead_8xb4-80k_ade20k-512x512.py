_base_ = [
    '../_base_/models/twins_pcpvt-s_fpn.py',
    '../_base_/datasets/ade20k.py',
    '../_base_/schedules/schedule_80k.py',
    '../_base_/default_runtime.py',
]
data_preprocessor = dict(size=(512, 512))
model = dict(data_preprocessor=data_preprocessor)
optim_wrapper = dict(
    optimizer=dict(_delete_=True, type='AdamW', lr=1e-4, weight_decay=1e-4),
)
