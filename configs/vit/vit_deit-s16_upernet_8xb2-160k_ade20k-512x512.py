# Trains for 80k iterations, as it does in 1.0.0rc0, although its name says 160k.
_base_ = './vit_deit-s16_upernet_8xb2-80k_ade20k-512x512.py'
