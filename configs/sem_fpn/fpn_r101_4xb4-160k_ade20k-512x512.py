# Has a ResNet-50, as it does in 1.0.0rc0, although its name says r101.
_base_ = './fpn_r50_4xb4-160k_ade20k-512x512.py'
