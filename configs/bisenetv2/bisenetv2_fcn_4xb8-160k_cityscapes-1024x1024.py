_base_ = './bisenetv2_fcn_4xb4-160k_cityscapes-1024x1024.py'
train_dataloader = dict(batch_size=8)
