package terrazzo.models.backbones;

import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.models.blocks.NormSpec;

/// Several convolutions whose channels are weighed against each other by what the whole image holds
/// ([ResNeSt](https://arxiv.org/abs/2004.08955), fig. 2).
final class SplitAttention extends Layer {

    private static final int LEAST_INNER_CHANNELS = 32;

    private final int radix;
    private final int groups;
    private final int channels;
    private final Conv2d conv;
    private final Layer norm0;
    private final Conv2d fc1;
    private final Layer norm1;
    private final Conv2d fc2;

    /// @param spec one of the convolutions, as if it had one group
    SplitAttention(ConvSpec spec, ResidualBlock.Middle.Split split, NormSpec norm) {
        this.radix = split.radix();
        this.groups = split.grouped().groups();
        this.channels = spec.out();
        int all = channels * radix;
        int inner = Math.max(spec.in() * radix / split.reduction(), LEAST_INNER_CHANNELS);
        ConvSpec wide = new ConvSpec(
                spec.in(), all, spec.kernel(), spec.stride(), spec.padding(), spec.dilation(), groups * radix, false);
        this.conv = child("conv", new Conv2d(wide));
        this.norm0 = child(norm.name(0), norm.build(all));
        this.fc1 = child("fc1", new Conv2d(ConvSpec.of(channels, inner, 1).groups(groups)));
        this.norm1 = child(norm.name(1), norm.build(inner));
        this.fc2 = child("fc2", new Conv2d(ConvSpec.of(inner, all, 1).groups(groups)));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor y = norm0.call(conv.call(x)).relu(); // [N, radix*C, H, W]
        Tensor splits = y.reshape(y.dim(0), Dim.of(radix), Dim.of(channels), y.dim(2), y.dim(3));
        Tensor gap = splits.reduce(ReduceKind.SUM, 1).adaptiveAvgPool(1, 1); // [N, C, 1, 1]
        Tensor weights = fc2.call(norm1.call(fc1.call(gap)).relu()); // [N, radix*C, 1, 1]
        if (radix == 1) {
            return y.mul(weights.sigmoid());
        }
        Tensor balance = weights.reshape(y.dim(0), Dim.of(groups), Dim.of(radix), Dim.of(channels / groups))
                .transpose(1, 2)
                .softmax(1); // [N, radix, groups, C/groups]
        Shape perSplit = Shape.of(y.dim(0), Dim.of(radix), Dim.of(channels), Dim.ONE, Dim.ONE);
        return splits.mul(balance.reshape(perSplit)).reduce(ReduceKind.SUM, 1); // [N, C, H, W]
    }
}
