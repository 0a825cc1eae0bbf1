_base_ = './setr_vit-l-mla_8xb1-160k_ade20k-512x512.py'
train_dataloader = dict(batch_size=2)
