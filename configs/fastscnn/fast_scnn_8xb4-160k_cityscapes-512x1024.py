_base_ = [
    '../_base_/models/fast_scnn.py',
    '../_base_/datasets/cityscapes.py',
    '../_base_/schedules/schedule_160k.py',
    '../_base_/default_runtime.py',
]
data_preprocessor = dict(size=(512, 1024))
model = dict(data_preprocessor=data_preprocessor)
train_dataloader = dict(batch_size=4, num_workers=4)
optimizer = dict(lr=0.12, weight_decay=4e-5)
optim_wrapper = dict(optimizer=optimizer)
