# Trains for 20k iterations, as it does in 1.0.0rc0, although its name says 40k.
_base_ = './ann_r101-d8_4xb4-20k_voc12aug-512x512.py'
