package terrazzo.models.blocks;

import terrazzo.config.ConfigNode;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;

/// Attention and feed-forward, each after a norm and beside an identity ([ViT](https://arxiv.org/abs/2010.11929)).
///
/// - in and out: `[N, L, D]`
public final class TransformerEncoderLayer extends Layer {

    private final Layer norm1;
    private final EfficientMultiheadAttention attn;
    private final Layer norm2;
    private final FFN ffn;

    /// What the layers of a transformer share.
    ///
    /// @param width D of the tokens
    /// @param heads heads of the attention
    /// @param mlpRatio how much wider feed-forward layers are inside
    /// @param fcs linear layers of the feed-forward part
    /// @param qkvBias whether the attention's projections have biases
    /// @param drop probability of dropping an element in training
    /// @param attentionDrop probability of dropping a weight of the attention in training
    /// @param act activation of the feed-forward part
    /// @param norm norm before each part
    public record Config(
            int width,
            int heads,
            int mlpRatio,
            int fcs,
            boolean qkvBias,
            double drop,
            double attentionDrop,
            ActSpec act,
            NormSpec norm) {

        /// Reads the keys of a transformer whose defaults are those of ViT's base size.
        public static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            return of(c, c.integer("embed_dims", 768), c.integer("num_heads", 12));
        }

        /// Reads what has the same default wherever such layers are.
        public static Config of(ConfigNode c, int width, int heads) {
            Config config = new Config(
                    width,
                    heads,
                    c.integer("mlp_ratio", 4),
                    c.integer("num_fcs", 2),
                    c.bool("qkv_bias", true),
                    c.number("drop_rate", 0),
                    c.number("attn_drop_rate", 0),
                    ActSpec.find(c, ActSpec.GELU).orElse(ActSpec.GELU),
                    NormSpec.find(c).orElseGet(NormSpec::layerNorm));
            if (width % heads != 0) {
                throw c.error("embed_dims", "a multiple of num_heads = " + heads, Integer.toString(width), "");
            }
            return config;
        }

        /// The feed-forward part.
        public FFN ffn(double dropPath) {
            return new FFN(new FFN.Config(width, mlpRatio * width, fcs, act, drop, dropPath));
        }
    }

    /// @param dropPath rate of the [DropPath] of the feed-forward part; the attention has none
    public TransformerEncoderLayer(Config config, double dropPath) {
        this.norm1 = child(config.norm.name(1), config.norm.build(config.width));
        this.attn = child(
                "attn",
                new EfficientMultiheadAttention(new EfficientMultiheadAttention.Config(
                        config.width,
                        config.heads,
                        config.qkvBias,
                        config.attentionDrop,
                        config.drop,
                        0,
                        1,
                        config.norm)));
        this.norm2 = child(config.norm.name(2), config.norm.build(config.width));
        this.ffn = child("ffn", config.ffn(dropPath));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor seen = x.add(attn.call(norm1.call(x)));
        return seen.add(ffn.call(norm2.call(seen)));
    }

    /// Lets linear layers below a part start as transformers do: narrow weights, no biases.
    public static void startLinear(Module part) {
        part.modules().filter(Linear.class::isInstance).map(Linear.class::cast).forEach(linear -> {
            linear.weight().init(new Init.TruncatedNormal(0, 0.02, -2, 2));
            linear.bias().ifPresent(b -> b.init(Init.ZEROS));
        });
    }
}
