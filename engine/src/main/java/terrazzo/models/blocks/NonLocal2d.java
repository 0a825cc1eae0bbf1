package terrazzo.models.blocks;

import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;

/// Attention of every pixel to every other, added to the input
/// ([Non-local networks](https://arxiv.org/abs/1711.07971)). With a temperature it is the disentangled variant: centred
/// queries and keys, and one more attention that all pixels share ([DNL](https://arxiv.org/abs/2006.06668)).
///
/// - in and out: `[N, C, H, W]`
public final class NonLocal2d extends Layer {

    private final Config config;
    private final ConvModule values;
    private final ConvModule out;
    private final Optional<ConvModule> queries;
    private final Optional<ConvModule> keys;
    private final Optional<Conv2d> shared;

    /// How two pixels are compared.
    public enum Mode {
        /// Softmax of their products.
        GAUSSIAN,
        /// Softmax of the products of their projections.
        EMBEDDED_GAUSSIAN,
        /// The products of their projections, over the number of pixels.
        DOT_PRODUCT
    }

    /// @param channels channels that go in and come out
    /// @param reduction what the projections divide them by
    /// @param useScale whether products are divided by the root of the projections' width
    /// @param mode how pixels are compared
    /// @param temperature divides products in the disentangled variant; empty for the plain one
    /// @param norm norm of the output, if any
    public record Config(
            int channels,
            int reduction,
            boolean useScale,
            Mode mode,
            Optional<Double> temperature,
            Optional<NormSpec> norm) {

        /// Reads what the plain and the disentangled block share; the result is plain.
        public static Config read(ConfigNode c, int channels, Optional<NormSpec> norm) { // defaults: mmseg v1.0.0rc0
            return new Config(
                    channels, c.integer("reduction", 2), c.bool("use_scale", true), mode(c), Optional.empty(), norm);
        }

        private static Mode mode(ConfigNode c) {
            String mode = c.string("mode", "embedded_gaussian");
            return switch (mode) {
                case "gaussian" -> Mode.GAUSSIAN;
                case "embedded_gaussian" -> Mode.EMBEDDED_GAUSSIAN;
                case "dot_product" -> Mode.DOT_PRODUCT;
                default ->
                    throw c.error("mode", "'embedded_gaussian', 'gaussian' or 'dot_product'", "'" + mode + "'", "");
            };
        }

        /// The disentangled variant.
        public Config disentangled(double divisor) {
            return new Config(channels, reduction, useScale, mode, Optional.of(divisor), norm);
        }

        int inner() {
            return Math.max(channels / reduction, 1);
        }
    }

    public NonLocal2d(Config config) {
        this.config = config;
        int channels = config.channels;
        boolean embeds = config.mode != Mode.GAUSSIAN;
        this.values = child("g", projection());
        this.out = child(
                "conv_out",
                ConvModule.of(config.inner(), channels, 1).norm(config.norm).build());
        out.startAtZero();
        this.queries = embeds ? Optional.of(child("theta", projection())) : Optional.empty();
        this.keys = embeds ? Optional.of(child("phi", projection())) : Optional.empty();
        this.shared = config.temperature.map(_ -> child("conv_mask", new Conv2d(ConvSpec.of(channels, 1, 1))));
    }

    private ConvModule projection() {
        ConvModule conv = ConvModule.of(config.channels, config.inner(), 1).build();
        conv.conv().weight().init(new Init.Normal(0, 0.01));
        return conv;
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor v = values.call(x).flatten(2).transpose(1, 2); // [N, L, inner]
        Tensor q = queries.map(c -> c.call(x)).orElse(x).flatten(2).transpose(1, 2);
        Tensor k = keys.map(c -> c.call(x)).orElse(x).flatten(2).transpose(1, 2);
        Tensor y = shared.isPresent() ? attended(centred(q), centred(k), v) : attended(q, k, v);
        if (shared.isPresent()) {
            Tensor weights = shared.get().call(x).flatten(2).softmax(2); // [N, 1, L]
            y = y.add(weights.matmul(v)); // [N, 1, inner] for all pixels
        }
        Tensor image = y.transpose(1, 2).reshape(x.dim(0), v.dim(2), x.dim(2), x.dim(3));
        return x.add(out.call(image));
    }

    private Tensor attended(Tensor q, Tensor k, Tensor v) {
        return switch (config.mode) {
            case GAUSSIAN -> q.attend(k, v, 1);
            case EMBEDDED_GAUSSIAN -> {
                double scale = config.useScale ? 1 / Math.sqrt(config.inner()) : 1;
                yield q.attend(k, v, scale / config.temperature.orElse(1.0));
            }
            case DOT_PRODUCT -> {
                Tensor pixels = q.full(Shape.of(q.dim(1)), 1, DType.FLOAT32).sum();
                yield q.matmul(k.transpose(1, 2).matmul(v)).div(pixels);
            }
        };
    }

    private static Tensor centred(Tensor tokens) {
        return tokens.sub(tokens.reduceKeep(ReduceKind.MEAN, 1));
    }
}
