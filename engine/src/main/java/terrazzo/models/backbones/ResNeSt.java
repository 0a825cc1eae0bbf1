package terrazzo.models.backbones;

import terrazzo.config.ConfigNode;
import terrazzo.models.backbones.ResidualBlock.Middle;

/// A [ResNet] of the variant d whose bottlenecks weigh several convolutions against each other
/// ([paper](https://arxiv.org/abs/2004.08955)).
final class ResNeSt {

    private ResNeSt() {}

    static ResNet read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        ResNet.Depth depth = ResNet.Depth.read(c, 50, 101, 152, 200);
        Middle middle = new Middle.Split(
                ResNeXt.grouped(c),
                c.integer("radix", 2),
                c.integer("reduction_factor", 4),
                c.bool("avg_down_stride", true));
        return ResNet.read(c, new ResNet.Stem(true, true), depth, middle);
    }
}
