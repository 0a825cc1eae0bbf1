# The last stage of the bundled model: whole images again, from the third stage's weights.
_base_ = './fpn_r34-s3-w32_1xb8-700i_camvid-scenes-480x360.py'
load_from = 'work_dirs/fpn_r34-s3-w32_1xb8-7k_camvid-scenes-480x360/iter_7000.pth'
max_iters = 1500
param_scheduler = [
    dict(type='LinearLR', start_factor=0.1, begin=0, end=50, by_epoch=False),
    dict(type='PolyLR', eta_min=1e-5, power=0.9, begin=50, end=max_iters, by_epoch=False),
]
train_cfg = dict(max_iters=max_iters, val_interval=500)
