package terrazzo.models.backbones;

import terrazzo.config.ConfigNode;
import terrazzo.models.backbones.ResidualBlock.Middle;

/// A [ResNet] whose bottlenecks convolve groups of channels ([paper](https://arxiv.org/abs/1611.05431)).
final class ResNeXt {

    private ResNeXt() {}

    static ResNet read(ConfigNode c) {
        ResNet.Depth depth = ResNet.Depth.read(c, 50, 101, 152);
        return ResNet.read(c, ResNet.Stem.read(c), depth, grouped(c));
    }

    /// Reads `groups` and `base_width`.
    static Middle.Grouped grouped(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        return new Middle.Grouped(c.integer("groups", 1), c.integer("base_width", 4), c.integer("base_channels", 64));
    }
}
