package terrazzo.models.blocks;

import java.util.Optional;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.MultiheadAttention;

/// Attention of tokens to patches of their own image ([PVT](https://arxiv.org/abs/2102.12122)), or to themselves where
/// patches are single tokens. The identity beside it is the caller's.
public final class EfficientMultiheadAttention extends Module {

    private final MultiheadAttention attn;
    private final double drop;
    private final DropPath dropPath;
    private final Optional<Conv2d> reduce;
    private final Optional<Layer> norm;

    /// @param width D of the tokens
    /// @param heads heads of the attention
    /// @param bias whether the projections have biases
    /// @param attentionDrop probability of dropping a weight of the attention in training
    /// @param drop probability of dropping an element of the result in training
    /// @param dropPath rate of the [DropPath] at the end
    /// @param reduction how much smaller the image of keys is, along each side
    /// @param norm norm of the keys, where they are reduced
    public record Config(
            int width,
            int heads,
            boolean bias,
            double attentionDrop,
            double drop,
            double dropPath,
            int reduction,
            NormSpec norm) {}

    public EfficientMultiheadAttention(Config config) {
        int width = config.width;
        int ratio = config.reduction;
        this.attn = child("attn", new MultiheadAttention(width, config.heads, config.bias, config.attentionDrop));
        this.drop = config.drop;
        this.dropPath = child("dropout_layer", new DropPath(config.dropPath));
        this.reduce = ratio > 1
                ? Optional.of(
                        child("sr", new Conv2d(ConvSpec.of(width, width, ratio).stride(ratio))))
                : Optional.empty();
        this.norm = ratio > 1 ? Optional.of(child("norm", config.norm.build(width))) : Optional.empty();
    }

    /// Attention to patches of the image.
    public Tensor call(Tokens x) {
        return within(x.x(), () -> attended(x.x(), keys(x)));
    }

    /// Attention of tokens to each other.
    ///
    /// @throws IllegalStateException when keys are to be reduced, which only an image can be
    public Tensor call(Tensor x) {
        if (reduce.isPresent()) {
            throw new IllegalStateException("reduced keys need an image");
        }
        return within(x, () -> attended(x, x));
    }

    private Tensor keys(Tokens x) {
        return reduce.isPresent() && norm.isPresent()
                ? norm.get().call(Tokens.of(reduce.get().call(x.image())).x()) // [N, S, D]
                : x.x();
    }

    private Tensor attended(Tensor queries, Tensor keys) {
        return dropPath.call(attn.call(queries, keys).dropout(drop));
    }
}
