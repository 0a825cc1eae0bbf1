package terrazzo.models.necks;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.models.FeatureSpec;
import terrazzo.models.Neck;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.Rescale;

/// Makes a pyramid of the equally large levels of a plain transformer by resizing each
/// ([ViT](https://arxiv.org/abs/2010.11929) with a convolutional head).
///
/// - in: levels `[N, inChannels[i], H, W]`, or one that serves for all
/// - out: levels `[N, outChannels, H*scales[i], W*scales[i]]`
public final class MultiLevelNeck extends Neck {

    private final Config config;
    private final List<ConvModule> laterals;
    private final List<ConvModule> convs;

    /// @param inChannels channels of each level that goes in
    /// @param outChannels channels of each level that comes out
    /// @param scales factors of the size of each level that comes out
    /// @param norm norm of the convolutions, if any
    /// @param act activation of the convolutions, if any
    public record Config(
            List<Integer> inChannels,
            int outChannels,
            List<Double> scales,
            Optional<NormSpec> norm,
            Optional<ActSpec> act) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            Config config = new Config(
                    c.ints("in_channels"),
                    c.integer("out_channels"),
                    Rescale.read(c, "scales", List.of(0.5, 1.0, 2.0, 4.0)),
                    NormSpec.find(c),
                    c.optionalNode("act_cfg").map(ActSpec::read));
            int levels = config.inChannels.size();
            if (levels != 1 && levels != config.scales.size()) {
                throw c.error("scales", levels + " factors (in_channels)", config.scales.size() + "", "");
            }
            return config;
        }
    }

    public MultiLevelNeck(Config config) {
        this.config = config;
        int out = config.outChannels;
        this.laterals = children(
                "lateral_convs", config.inChannels.size(), i -> build(ConvModule.of(config.inChannels.get(i), out, 1)));
        this.convs = children(
                "convs",
                config.scales.size(),
                _ -> build(ConvModule.of(out, out, 3).padding(1)));
    }

    static MultiLevelNeck read(ConfigNode c) {
        return new MultiLevelNeck(Config.read(c));
    }

    private ConvModule build(ConvModule.Spec spec) {
        ConvModule conv = spec.norm(config.norm).act(config.act).build();
        conv.conv().weight().init(Init.xavierUniform(conv.conv().weight().shape()));
        return conv;
    }

    @Override
    protected List<Integer> inChannels() {
        return config.inChannels;
    }

    @Override
    public List<FeatureSpec> features(List<FeatureSpec> inputs) {
        return IntStream.range(0, config.scales.size())
                .mapToObj(i -> {
                    int stride = inputs.get(inputs.size() == 1 ? 0 : i).stride();
                    return new FeatureSpec(config.outChannels, (int) (stride / config.scales.get(i)));
                })
                .toList();
    }

    @Override
    protected List<Tensor> forward(List<Tensor> levels) {
        int count = config.scales.size();
        List<Tensor> narrow = IntStream.range(0, laterals.size())
                .mapToObj(i -> laterals.get(i).call(levels.get(i)))
                .toList();
        List<Tensor> all = narrow.size() == 1 ? Collections.nCopies(count, narrow.getFirst()) : narrow;
        return IntStream.range(0, count)
                .mapToObj(
                        i -> convs.get(i).call(Rescale.by(config.scales.get(i)).apply(all.get(i))))
                .toList();
    }
}
