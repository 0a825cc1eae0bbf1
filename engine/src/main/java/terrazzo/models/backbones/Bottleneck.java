package terrazzo.models.backbones;

import java.util.Optional;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.models.backbones.ResidualBlock.Middle;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.Pools;

/// A wider convolution between two 1x1, beside an identity.
final class Bottleneck extends Layer {

    /// How many times more channels come out than there are planes.
    static final int EXPANSION = 4;

    private final Conv2d conv1;
    private final Layer norm1;
    private final Layer conv2;
    private final Optional<Layer> norm2;
    private final Optional<Layer> pool;
    private final Conv2d conv3;
    private final Layer norm3;
    private final Optional<Layer> downsample;

    Bottleneck(ResidualBlock.Style style, ResidualBlock.Shape shape, Optional<Layer> downsample) {
        NormSpec norm = style.norm();
        int out = shape.planes() * EXPANSION;
        int width = style.middle().width(shape.planes());
        int stride = style.caffe() ? 1 : shape.stride(); // of the middle
        this.conv1 = child(
                "conv1",
                new Conv2d(ConvSpec.of(shape.in(), width, 1)
                        .stride(style.caffe() ? shape.stride() : 1)
                        .bias(false)));
        this.norm1 = child(norm.name(1), norm.build(width));
        ConvSpec middle = ConvSpec.of(width, width, 3)
                .padding(shape.dilation())
                .dilation(shape.dilation())
                .bias(false);
        switch (style.middle()) {
            case Middle.Grouped(var groups, var _, var _) -> {
                this.conv2 = child("conv2", new Conv2d(middle.stride(stride).groups(groups)));
                this.norm2 = Optional.of(child(norm.name(2), norm.build(width)));
                this.pool = Optional.empty();
            }
            case Middle.Split split -> {
                boolean averages = split.averages() && stride > 1;
                this.conv2 = child("conv2", new SplitAttention(middle.stride(averages ? 1 : stride), split, norm));
                this.norm2 = Optional.empty();
                this.pool = averages ? Optional.of(child("avd_layer", Pools.average(3, stride, 1))) : Optional.empty();
            }
        }
        this.conv3 = child("conv3", new Conv2d(ConvSpec.of(width, out, 1).bias(false)));
        this.norm3 = child(norm.name(3), style.lastNorm(out));
        this.downsample = downsample.map(d -> child("downsample", d));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor y = conv2.call(norm1.call(conv1.call(x)).relu());
        y = norm2.isPresent() ? norm2.get().call(y).relu() : y;
        y = pool.isPresent() ? pool.get().call(y) : y;
        return ResidualBlock.beside(norm3.call(conv3.call(y)), x, downsample);
    }
}
