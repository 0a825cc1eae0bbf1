package terrazzo.models.necks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.ModuleList;
import terrazzo.models.FeatureSpec;
import terrazzo.models.Neck;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.Tokens;

/// Adds up the levels of a plain transformer from the last to the first ([SETR](https://arxiv.org/abs/2012.15840),
/// multi-level aggregation).
///
/// - in: levels `[N, inChannels[i], H, W]`
/// - out: as many levels `[N, outChannels, H, W]`, the last one's alone first
public final class MLANeck extends Neck {

    private final Config config;
    private final List<Layer> norms;
    private final Aggregation mla;

    /// @param inChannels channels of each level that goes in
    /// @param outChannels channels of each level that comes out
    /// @param inputNorm norm of the levels that go in, over the channels of each pixel
    /// @param norm norm of the convolutions, if any
    /// @param act activation of the convolutions, if any
    public record Config(
            List<Integer> inChannels,
            int outChannels,
            NormSpec inputNorm,
            Optional<NormSpec> norm,
            Optional<ActSpec> act) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            return new Config(
                    c.ints("in_channels"),
                    c.integer("out_channels"),
                    c.optionalNode("norm_layer")
                            .map(NormSpec::read)
                            .orElseGet(() -> NormSpec.layerNorm().withEps(1e-6)),
                    NormSpec.find(c),
                    c.optionalNode("act_cfg").map(ActSpec::read));
        }
    }

    public MLANeck(Config config) {
        this.config = config;
        this.norms = child(
                        "norm",
                        new ModuleList<>(
                                config.inChannels.size(), i -> config.inputNorm.build(config.inChannels.get(i))))
                .items();
        this.mla = child("mla", new Aggregation(config));
    }

    static MLANeck read(ConfigNode c) {
        return new MLANeck(Config.read(c));
    }

    @Override
    protected List<Integer> inChannels() {
        return config.inChannels;
    }

    @Override
    public List<FeatureSpec> features(List<FeatureSpec> inputs) {
        return inputs.stream()
                .map(f -> new FeatureSpec(config.outChannels, f.stride()))
                .toList();
    }

    @Override
    protected List<Tensor> forward(List<Tensor> levels) {
        return mla.call(IntStream.range(0, norms.size())
                .mapToObj(i -> {
                    Tokens tokens = Tokens.of(levels.get(i));
                    return tokens.with(norms.get(i).call(tokens.x())).image();
                })
                .toList());
    }

    private static final class Aggregation extends Module {

        private final List<ConvModule> projections;
        private final List<ConvModule> extractions;

        Aggregation(Config config) {
            int out = config.outChannels;
            int levels = config.inChannels.size();
            this.projections = children(
                    "channel_proj",
                    levels,
                    i -> ConvModule.of(config.inChannels.get(i), out, 1)
                            .norm(config.norm)
                            .act(config.act)
                            .build());
            this.extractions = children(
                    "feat_extract",
                    levels,
                    _ -> ConvModule.of(out, out, 3)
                            .padding(1)
                            .norm(config.norm)
                            .act(config.act)
                            .build());
        }

        List<Tensor> call(List<Tensor> levels) {
            return tracedAll(levels.getFirst(), () -> {
                List<Tensor> narrow = IntStream.range(0, projections.size())
                        .mapToObj(i -> projections.get(i).call(levels.get(i)))
                        .toList();
                List<Tensor> sums = new ArrayList<>();
                for (Tensor x : narrow.reversed()) {
                    sums.add(sums.isEmpty() ? x : sums.getLast().add(x));
                }
                return IntStream.range(0, extractions.size())
                        .mapToObj(i -> extractions.get(i).call(sums.get(i)))
                        .toList();
            });
        }
    }
}
