package terrazzo.models.heads;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.NormSpec;

/// Moves kernels towards the features that their masks gathered, by as much as two gates let through
/// ([K-Net](https://arxiv.org/abs/2106.14855), equations 4 and 5).
///
/// - in: gathered features `[N, K, C]` and kernels `[N, K, k*k, C]`, both seen as vectors of `inChannels`
/// - out: `[vectors, k*k, outChannels]`
public final class KernelUpdator extends Module {

    private final Config config;
    private final Linear dynamicLayer;
    private final Linear inputLayer;
    private final Linear inputGate;
    private final Linear updateGate;
    private final Optional<Layer> gateNorm;
    private final Layer normIn;
    private final Layer normOut;
    private final Layer inputNormIn;
    private final Layer inputNormOut;
    private final Layer activation;
    private final Linear fcLayer;
    private final Layer fcNorm;

    /// @param in channels of vectors that go in
    /// @param inner channels inside
    /// @param out channels of vectors that come out
    public record Channels(int in, int inner, int out) {}

    /// @param channels all channel counts
    /// @param gateSigmoid whether gates lie between 0 and 1
    /// @param gateNormAct whether gates see normalised and activated features
    /// @param activateOut whether what goes through the gates is activated
    /// @param norm norm of all
    /// @param act activation of all
    public record Config(
            Channels channels,
            boolean gateSigmoid,
            boolean gateNormAct,
            boolean activateOut,
            NormSpec norm,
            ActSpec act) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            if (!c.type().equals("KernelUpdator")) {
                throw c.error("type", "'KernelUpdator'", "'" + c.type() + "'", "");
            }
            int in = c.integer("in_channels", 256);
            Config config = new Config(
                    new Channels(in, c.integer("feat_channels", 64), c.integer("out_channels", in)),
                    c.bool("gate_sigmoid", true),
                    c.bool("gate_norm_act", false),
                    c.bool("activate_out", false),
                    NormSpec.find(c).orElseGet(NormSpec::layerNorm),
                    ActSpec.find(c).orElse(ActSpec.RELU));
            c.done();
            return config;
        }
    }

    public KernelUpdator(Config config) {
        this.config = config;
        Channels channels = config.channels;
        int inner = channels.inner;
        NormSpec norm = config.norm;
        this.dynamicLayer = child("dynamic_layer", new Linear(channels.in, 2 * inner, true));
        this.inputLayer = child("input_layer", new Linear(channels.in, 2 * inner, true));
        this.inputGate = child("input_gate", new Linear(channels.in, inner, true));
        this.updateGate = child("update_gate", new Linear(channels.in, inner, true));
        this.gateNorm = config.gateNormAct ? Optional.of(child("gate_norm", norm.build(inner))) : Optional.empty();
        this.normIn = child("norm_in", norm.build(inner));
        this.normOut = child("norm_out", norm.build(inner));
        this.inputNormIn = child("input_norm_in", norm.build(inner));
        this.inputNormOut = child("input_norm_out", norm.build(inner));
        this.activation = child("activation", config.act.build(inner));
        this.fcLayer = child("fc_layer", new Linear(inner, channels.out, true));
        this.fcNorm = child("fc_norm", norm.build(channels.out));
    }

    public Tensor call(Tensor gathered, Tensor kernels) {
        return traced(gathered, () -> {
            Tensor update = vectors(gathered, config.channels.in, 1); // [V, 1, in]
            long cells = kernels.dim(2).intValue();
            Tensor input = vectors(kernels, config.channels.inner, cells); // [V, k*k, inner]
            List<Tensor> parameters = dynamicLayer.call(update).chunk(2, 2);
            List<Tensor> features = inputLayer.call(input).chunk(2, 2);
            Tensor gates = features.getFirst().mul(parameters.getFirst());
            if (gateNorm.isPresent()) {
                gates = activation.call(gateNorm.get().call(gates));
            }
            Tensor fromInput = gated(inputNormIn.call(inputGate.call(gates)));
            Tensor fromUpdate = gated(normIn.call(updateGate.call(gates)));
            Tensor updated = activated(normOut.call(parameters.getLast()));
            Tensor kept = activated(inputNormOut.call(features.getLast()));
            Tensor mixed = fromUpdate.mul(updated).add(fromInput.mul(kept));
            return activation.call(fcNorm.call(fcLayer.call(mixed)));
        });
    }

    private static Tensor vectors(Tensor x, long width, long cells) {
        Dim count = x.dim(0).times(x.dim(1)).times(x.dim(-1)).floorDiv(width);
        return x.reshape(Shape.of(count, Dim.of(cells), Dim.of(width)));
    }

    private Tensor gated(Tensor x) {
        return config.gateSigmoid ? x.sigmoid() : x;
    }

    private Tensor activated(Tensor x) {
        return config.activateOut ? activation.call(x) : x;
    }
}
