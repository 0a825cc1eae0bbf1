package terrazzo.models.blocks;

import java.util.Optional;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.NormOp;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Norm;
import terrazzo.graph.nn.Sequential;

/// Adds to every pixel, or multiplies it by, what one attention over all pixels sees
/// ([GCNet](https://arxiv.org/abs/1904.11492)).
///
/// - in and out: `[N, C, H, W]`
public final class ContextBlock extends Layer {

    private final Optional<Conv2d> mask;
    private final Optional<Sequential> term;
    private final Optional<Sequential> factor;

    /// @param channels channels that go in and come out
    /// @param inner channels inside
    /// @param attends whether pixels are weighted by an attention; else all count the same
    /// @param adds whether the context is added
    /// @param multiplies whether the context, as a factor from 0 to 1, is multiplied with
    public record Config(int channels, int inner, boolean attends, boolean adds, boolean multiplies) {}

    public ContextBlock(Config config) {
        this.mask = config.attends
                ? Optional.of(child("conv_mask", new Conv2d(ConvSpec.of(config.channels, 1, 1))))
                : Optional.empty();
        // mmcv: kaiming over the fan in
        mask.ifPresent(conv -> {
            conv.weight().init(new Init.Normal(0, Math.sqrt(2.0 / config.channels)));
            conv.bias().ifPresent(b -> b.init(Init.ZEROS));
        });
        this.term = config.adds ? Optional.of(child("channel_add_conv", transform(config))) : Optional.empty();
        this.factor = config.multiplies ? Optional.of(child("channel_mul_conv", transform(config))) : Optional.empty();
    }

    private static Sequential transform(Config config) {
        Conv2d last = new Conv2d(ConvSpec.of(config.inner, config.channels, 1));
        last.weight().init(Init.ZEROS);
        last.bias().ifPresent(b -> b.init(Init.ZEROS));
        return Sequential.of(
                new Conv2d(ConvSpec.of(config.channels, config.inner, 1)),
                new PixelNorm(config.inner),
                new Lambda(Tensor::relu),
                last);
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor context = mask.isPresent() ? attended(mask.get(), x) : x.adaptiveAvgPool(1, 1); // [N, C, 1, 1]
        Tensor y = factor.isPresent() ? x.mul(factor.get().call(context).sigmoid()) : x;
        return term.isPresent() ? y.add(term.get().call(context)) : y;
    }

    private static Tensor attended(Conv2d mask, Tensor x) {
        Tensor weights = mask.call(x).flatten(2).softmax(2); // [N, 1, L]
        return x.flatten(2).matmul(weights.transpose(1, 2)).unsqueeze(-1); // [N, C, 1, 1]
    }

    /// Layer norm over the channels of `[N, C, 1, 1]`, whose parameters have the shape `[C, 1, 1]`.
    private static final class PixelNorm extends Layer implements Norm {

        private static final double EPS = 1e-5;

        private final Parameter weight;
        private final Parameter bias;

        PixelNorm(int channels) {
            this.weight = parameter("weight", Init.ONES, channels, 1, 1);
            this.bias = parameter("bias", Init.ZEROS, channels, 1, 1);
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor flat = x.flatten(1); // [N, C]
            Shape channels = Shape.of(x.dim(1));
            Tensor y = flat.apply(
                    new NormOp.LayerNorm(EPS),
                    x.trace().weight(weight).reshape(channels),
                    x.trace().weight(bias).reshape(channels));
            return y.reshape(x.dim(0), x.dim(1), Dim.ONE, Dim.ONE);
        }
    }
}
