_base_ = [
    '../_base_/models/fcn_unet_s5-d16.py',
    '../_base_/datasets/drive.py',
    '../_base_/schedules/schedule_40k.py',
    '../_base_/default_runtime.py',
]
crop_size = (64, 64)
data_preprocessor = dict(size=crop_size)
model = dict(
    data_preprocessor=data_preprocessor,
    test_cfg=dict(crop_size=crop_size, stride=(42, 42)),
)
