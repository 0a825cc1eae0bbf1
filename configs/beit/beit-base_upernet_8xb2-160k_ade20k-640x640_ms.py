# Equal to its base: testing at several scales is asked for when testing.
_base_ = './beit-base_upernet_8xb2-160k_ade20k-640x640.py'
