package terrazzo.models.backbones;

import java.util.Optional;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.models.blocks.NormSpec;

/// Two 3x3 convolutions beside an identity, of which only the first is ever dilated.
final class BasicBlock extends Layer {

    private final Conv2d conv1;
    private final Layer norm1;
    private final Conv2d conv2;
    private final Layer norm2;
    private final Optional<Layer> downsample;

    BasicBlock(ResidualBlock.Style style, ResidualBlock.Shape shape, Optional<Layer> downsample) {
        NormSpec norm = style.norm();
        int width = shape.planes();
        this.conv1 = child(
                "conv1",
                new Conv2d(ConvSpec.of(shape.in(), width, 3)
                        .stride(shape.stride())
                        .padding(shape.dilation())
                        .dilation(shape.dilation())
                        .bias(false)));
        this.norm1 = child(norm.name(1), norm.build(width));
        this.conv2 = child(
                "conv2", new Conv2d(ConvSpec.of(width, width, 3).padding(1).bias(false)));
        this.norm2 = child(norm.name(2), style.lastNorm(width));
        this.downsample = downsample.map(d -> child("downsample", d));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor y = norm1.call(conv1.call(x)).relu();
        return ResidualBlock.beside(norm2.call(conv2.call(y)), x, downsample);
    }
}
