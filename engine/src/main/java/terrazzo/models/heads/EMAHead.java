package terrazzo.models.heads;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.DType;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.graph.nn.Layer;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;

/// Attention to a few bases that expectation maximisation finds in each image
/// ([EMANet](https://arxiv.org/abs/1907.13426)).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class EMAHead extends DecodeHead {

    private final Bases bases;
    private final ConvModule inConv;
    private final ConvModule midConv;
    private final ConvModule outConv;
    private final ConvModule bottleneck;
    private final Optional<ConvModule> convCat;

    /// @param head what every head says
    /// @param emaChannels channels of the bases
    /// @param numBases how many there are
    /// @param numStages rounds of expectation and maximisation, at least 1
    /// @param concatInput whether the input joins the output before one more convolution
    /// @param momentum weight of a batch in the bases that the next one starts from
    public record Config(
            DecodeHead.Config head,
            int emaChannels,
            int numBases,
            int numStages,
            boolean concatInput,
            double momentum) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            Config config = new Config(
                    DecodeHead.Config.read(c, parts),
                    c.integer("ema_channels"),
                    c.integer("num_bases"),
                    c.integer("num_stages"),
                    c.bool("concat_input", true),
                    c.number("momentum", 0.1));
            if (config.numStages < 1) {
                throw c.error("num_stages", "at least 1", Integer.toString(config.numStages), "");
            }
            return config;
        }
    }

    public EMAHead(Config config) {
        super(config.head);
        int in = config.head.inputChannels();
        int channels = config.head.channels();
        int ema = config.emaChannels;
        this.bases = child("ema_module", new Bases(config));
        this.inConv = child("ema_in_conv", conv(in, ema, 3).build());
        this.midConv = child("ema_mid_conv", ConvModule.of(ema, ema, 1).build());
        midConv.freeze();
        this.outConv =
                child("ema_out_conv", conv(ema, ema, 1).act(Optional.empty()).build());
        this.bottleneck = child("bottleneck", conv(ema, channels, 3).build());
        this.convCat = config.concatInput
                ? Optional.of(child("conv_cat", conv(in + channels, channels, 3).build()))
                : Optional.empty();
    }

    static EMAHead read(ConfigNode c, Parts parts) {
        return new EMAHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        Tensor x = input(levels);
        Tensor features = inConv.call(x);
        Tensor seen = outConv.call(bases.call(midConv.call(features)).relu());
        Tensor y = bottleneck.call(features.add(seen).relu());
        return classify(convCat.isPresent() ? convCat.get().call(Tensor.concat(1, List.of(x, y))) : y);
    }

    /// Writes features `[N, C, H, W]` as mixtures of bases. No gradient flows through it.
    private static final class Bases extends Layer {

        private static final double EPS = 1e-12;

        private final Config config;
        private final Parameter bases;

        Bases(Config config) {
            this.config = config;
            // mmseg: drawn wider and then scaled to length 1, which this is but for the last few percent
            Init unit = new Init.Normal(0, 1 / Math.sqrt(config.emaChannels));
            this.bases = buffer("bases", DType.FLOAT32, unit, 1, config.emaChannels, config.numBases);
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor features = x.detach().flatten(2); // [N, C, L]
            Tensor start = x.trace().weight(bases); // [1, C, K]
            Tensor found = start;
            Tensor weights = assigned(features, found); // [N, L, K]
            for (int i = 0; i < config.numStages; i++) {
                weights = i == 0 ? weights : assigned(features, found);
                Tensor shares =
                        weights.div(weights.reduceKeep(ReduceKind.SUM, 1).clamp(EPS, Double.POSITIVE_INFINITY));
                found = unit(features.matmul(shares)); // [N, C, K]
            }
            if (isTraining(x)) {
                Tensor mean = unit(found.reduceKeep(ReduceKind.MEAN, 0));
                start.assign(start.mul(1 - config.momentum).add(mean.mul(config.momentum)));
            }
            return found.matmul(weights.transpose(1, 2)).reshape(x.shape());
        }

        /// How much of each pixel each basis explains.
        private static Tensor assigned(Tensor features, Tensor bases) {
            return features.transpose(1, 2).matmul(bases).softmax(2);
        }

        private static Tensor unit(Tensor bases) {
            Tensor length = bases.mul(bases).reduceKeep(ReduceKind.SUM, 1).unary(UnaryKind.SQRT);
            return bases.div(length.clamp(EPS, Double.POSITIVE_INFINITY));
        }
    }
}
