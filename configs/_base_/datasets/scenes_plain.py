# The scenes in their order and without any draw of chance, so that two trainings can be compared step by step.
_base_ = './scenes.py'
train_pipeline = [
    dict(type='LoadImageFromFile'),
    dict(type='LoadAnnotations'),
    dict(type='Resize', scale=(128, 96), keep_ratio=False),
    dict(type='PackSegInputs'),
]
train_dataloader = dict(
    sampler=dict(shuffle=False),
    dataset=dict(pipeline=train_pipeline),
)
