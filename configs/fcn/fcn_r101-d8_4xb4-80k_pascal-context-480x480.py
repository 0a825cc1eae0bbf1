# Trains for 40k iterations, as it does in 1.0.0rc0, although its name says 80k.
_base_ = './fcn_r101-d8_4xb4-40k_pascal-context-480x480.py'
