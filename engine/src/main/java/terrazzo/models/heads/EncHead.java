package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.LossOp;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;

/// Channels weighted by an encoding of the whole image, which also predicts the classes that are in it
/// ([EncNet](https://arxiv.org/abs/1803.08904)).
///
/// - in: levels `[N, inChannels[i], H/2^i, W/2^i]`, of which the last decides
/// - out logits: `[N, numClasses, h, w]`, same stride as the last level
public final class EncHead extends DecodeHead {

    private final Config config;
    private final ConvModule bottleneck;
    private final List<ConvModule> laterals;
    private final Optional<ConvModule> fusion;
    private final Encoder encoder;
    private final Optional<Linear> seLayer;

    /// @param head what every head says
    /// @param numCodes code words
    /// @param seWeight weight of the loss of predicting which classes there are; empty for none
    /// @param addLateral whether the other levels join the last
    public record Config(DecodeHead.Config head, int numCodes, Optional<Double> seWeight, boolean addLateral) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            boolean se = c.bool("use_se_loss", true);
            Optional<ConfigNode> loss = c.optionalNode("loss_se_decode");
            double weight = loss.isPresent() ? seWeight(loss.get()) : 0.2;
            return new Config(
                    DecodeHead.Config.read(c, parts, "multiple_select"),
                    c.integer("num_codes", 32),
                    se ? Optional.of(weight) : Optional.empty(),
                    c.bool("add_lateral", false));
        }

        private static double seWeight(ConfigNode c) {
            if (!c.type().equals("CrossEntropyLoss") || !c.bool("use_sigmoid", false)) {
                throw c.error("type", "'CrossEntropyLoss' with use_sigmoid=True", "'" + c.type() + "'", "");
            }
            double weight = c.number("loss_weight", 1);
            c.done();
            return weight;
        }
    }

    public EncHead(Config config) {
        super(config.head);
        this.config = config;
        List<Integer> in = config.head.inChannels();
        int channels = config.head.channels();
        this.bottleneck = child("bottleneck", conv(in.getLast(), channels, 3).build());
        if (config.addLateral) {
            this.laterals = children(
                    "lateral_convs",
                    in.size() - 1,
                    i -> conv(in.get(i), channels, 1).build());
            this.fusion = Optional.of(
                    child("fusion", conv(in.size() * channels, channels, 3).build()));
        } else {
            this.laterals = List.of();
            this.fusion = Optional.empty();
        }
        this.encoder = child(
                "enc_module", new Encoder(config, conv(channels, channels, 1).build()));
        this.seLayer =
                config.seWeight.map(_ -> child("se_layer", new Linear(channels, config.head.numClasses(), true)));
    }

    static EncHead read(ConfigNode c, Parts parts) {
        return new EncHead(Config.read(c, parts));
    }

    private Encoded encoded(List<Tensor> levels) {
        List<Tensor> chosen = selected(levels);
        Tensor x = bottleneck.call(chosen.getLast());
        if (fusion.isPresent()) {
            List<Tensor> all = new ArrayList<>(List.of(x));
            for (int i = 0; i < laterals.size(); i++) {
                all.add(laterals.get(i).call(chosen.get(i)).resizeLike(x, config.head.alignCorners()));
            }
            x = fusion.get().call(Tensor.concat(1, all));
        }
        return encoder.call(x);
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        return classify(encoded(levels).features);
    }

    @Override
    public Map<String, Tensor> loss(List<Tensor> levels, Tensor label) {
        return within(label, () -> {
            Encoded encoded = encoded(levels);
            Map<String, Tensor> losses = new LinkedHashMap<>(lossByFeat(classify(encoded.features), label));
            config.seWeight.ifPresent(weight -> {
                Tensor logits = seLayer.orElseThrow().call(encoded.code); // [N, K]
                Tensor loss = logits.apply(new LossOp.BinaryCrossEntropyWithLogits(), present(logits, label));
                losses.put("loss_se", loss.mean().mul(weight));
            });
            return losses;
        });
    }

    /// 1 for each class that is in an image: `[N, K]`.
    private static Tensor present(Tensor logits, Tensor label) {
        Dim classes = logits.dim(1);
        Tensor pixels = label.flatten(1); // [N, L]
        Tensor known = pixels.ge(0).and(pixels.lt(classes.intValue())).to(DType.INT64);
        Tensor index = pixels.sub(pixels.full(Shape.of(1), classes.intValue(), DType.INT64))
                .mul(known)
                .add(classes.intValue()); // what is no class goes to one more place
        Tensor none = logits.full(Shape.of(logits.dim(0), classes.plus(1)), 0, DType.FLOAT32);
        Tensor ones = logits.full(pixels.shape(), 1, DType.FLOAT32);
        return none.scatter(1, index, ones).slice(1, Dim.ZERO, classes);
    }

    /// @param code what the image is: `[N, C]`
    /// @param features its pixels, weighted by that: `[N, C, H, W]`
    private record Encoded(Tensor code, Tensor features) {}

    private static final class Encoder extends Module {

        private final ConvModule project;
        private final Sequential encoding;
        private final Sequential gate;

        Encoder(Config config, ConvModule project) {
            int channels = config.head.channels();
            NormSpec norm = config.head.norm().orElseGet(NormSpec::batchNorm);
            this.project = child("encoding_project", project);
            this.encoding = child(
                    "encoding",
                    Sequential.of(
                            new Encoding(channels, config.numCodes),
                            norm.build(config.numCodes),
                            new Lambda(Tensor::relu)));
            this.gate = child("fc", Sequential.of(new Linear(channels, channels, true), new Lambda(Tensor::sigmoid)));
        }

        Encoded call(Tensor x) {
            return within(x, () -> {
                Tensor code = encoding.call(project.call(x)).reduce(ReduceKind.MEAN, 1); // [N, C]
                Tensor gates = gate.call(code).unsqueeze(-1).unsqueeze(-1); // [N, C, 1, 1]
                return new Encoded(code, x.add(x.mul(gates)).relu());
            });
        }
    }

    /// Sums, per code word, how pixels differ from it, weighted by how near they are: `[N, C, H, W]` to `[N, K, C]`.
    private static final class Encoding extends Layer {

        private final Parameter codewords;
        private final Parameter scale;

        Encoding(int channels, int codes) {
            double bound = 1 / Math.sqrt((double) codes * channels);
            this.codewords = parameter("codewords", new Init.Uniform(-bound, bound), codes, channels);
            this.scale = parameter("scale", new Init.Uniform(-1, 0), codes);
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor pixels = x.flatten(2).transpose(1, 2); // [N, L, C]
            Tensor words = x.trace().weight(codewords); // [K, C]
            // |x - c|² written out, so that no [N, L, K, C] is ever needed
            Tensor distance = pixels.mul(pixels)
                    .reduceKeep(ReduceKind.SUM, 2)
                    .sub(pixels.matmul(words.transpose(0, 1)).mul(2))
                    .add(words.mul(words).reduce(ReduceKind.SUM, 1)); // [N, L, K]
            Tensor weights = distance.mul(x.trace().weight(scale)).softmax(2).transpose(1, 2); // [N, K, L]
            return weights.matmul(pixels)
                    .sub(weights.reduceKeep(ReduceKind.SUM, 2).mul(words));
        }
    }
}
