package terrazzo.models.necks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.FeatureSpec;
import terrazzo.models.Neck;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.DepthwiseSeparableConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;

/// Joint pyramid upsampling: what dilated stages would give, from levels at ordinary strides
/// ([FastFCN](https://arxiv.org/abs/1903.11816)).
///
/// - in: levels `[N, inChannels[i], H/2^i, W/2^i]`, largest first
/// - out: the levels used but for the last, as they are; then `[N, midChannels * dilations, H, W]`
public final class JPU extends Neck {

    private final Config config;
    private final List<Sequential> convs;
    private final List<Sequential> dilated;

    /// @param inChannels channels of each level that goes in
    /// @param midChannels channels of each branch
    /// @param startLevel first level used
    /// @param endLevel level after the last one used
    /// @param dilations distance of taps in each branch
    /// @param alignCorners how levels are resized to the first one used
    /// @param norm norm of the convolutions, if any
    /// @param act activation of the convolutions, if any
    public record Config(
            List<Integer> inChannels,
            int midChannels,
            int startLevel,
            int endLevel,
            List<Integer> dilations,
            boolean alignCorners,
            Optional<NormSpec> norm,
            Optional<ActSpec> act) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            c.ignoring("init_cfg");
            List<Integer> in = c.ints("in_channels", List.of(512, 1024, 2048));
            int end = c.integer("end_level", -1);
            if (end > in.size()) {
                throw c.error("end_level", "at most " + in.size() + " (in_channels)", end + "", "");
            }
            boolean plain = c.keys().contains("norm_cfg") && !c.has("norm_cfg");
            return new Config(
                    in,
                    c.integer("mid_channels", 512),
                    c.integer("start_level", 0),
                    end == -1 ? in.size() : end,
                    c.ints("dilations", List.of(1, 2, 4, 8)),
                    c.bool("align_corners", false),
                    plain ? Optional.empty() : Optional.of(NormSpec.orBatchNorm(c)),
                    ActSpec.find(c));
        }

        int used() {
            return endLevel - startLevel;
        }
    }

    public JPU(Config config) {
        this.config = config;
        int mid = config.midChannels;
        this.convs = children(
                "conv_layers",
                config.used(),
                i -> Sequential.of(ConvModule.of(config.inChannels.get(config.startLevel + i), mid, 3)
                        .padding(1)
                        .norm(config.norm)
                        .act(config.act)
                        .build()));
        var style = new DepthwiseSeparableConvModule.Style(config.norm, Optional.empty(), config.act);
        this.dilated = children("dilation_layers", config.dilations.size(), i -> {
            int dilation = config.dilations.get(i);
            ConvSpec conv =
                    ConvSpec.of(config.used() * mid, mid, 3).padding(dilation).dilation(dilation);
            return Sequential.of(new DepthwiseSeparableConvModule(conv, style));
        });
    }

    static JPU read(ConfigNode c) {
        return new JPU(Config.read(c));
    }

    @Override
    protected List<Integer> inChannels() {
        return config.inChannels;
    }

    @Override
    public List<FeatureSpec> features(List<FeatureSpec> inputs) {
        List<FeatureSpec> outs = new ArrayList<>(inputs.subList(config.startLevel, config.endLevel - 1));
        int channels = config.midChannels * config.dilations.size();
        outs.add(new FeatureSpec(channels, inputs.get(config.startLevel).stride()));
        return outs;
    }

    @Override
    protected List<Tensor> forward(List<Tensor> levels) {
        List<Tensor> features = IntStream.range(0, convs.size())
                .mapToObj(i -> convs.get(i).call(levels.get(config.startLevel + i)))
                .toList();
        Tensor first = features.getFirst();
        Tensor all = Tensor.concat(
                1,
                features.stream()
                        .map(x -> x.resizeLike(first, config.alignCorners))
                        .toList()); // [N, used * midChannels, H, W]
        List<Tensor> outs = new ArrayList<>(levels.subList(config.startLevel, config.endLevel - 1));
        outs.add(Tensor.concat(1, dilated.stream().map(d -> d.call(all)).toList()));
        return outs;
    }
}
