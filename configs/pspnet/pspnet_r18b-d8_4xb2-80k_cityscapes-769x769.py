_base_ = './pspnet_r18-d8_4xb2-80k_cityscapes-769x769.py'
model = dict(pretrained='torchvision://resnet18', backbone=dict(type='ResNet'))
