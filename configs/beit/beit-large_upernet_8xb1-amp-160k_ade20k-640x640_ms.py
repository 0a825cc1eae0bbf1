# Equal to its base: testing at several scales is asked for when testing.
_base_ = './beit-large_upernet_8xb1-amp-160k_ade20k-640x640.py'
