package terrazzo.models.necks;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Module;
import terrazzo.models.FeatureSpec;
import terrazzo.models.Neck;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;

/// Adds each level to the next finer one ([ICNet](https://arxiv.org/abs/1704.08545), fig. 4).
///
/// - in: three levels, finest first
/// - out: the coarsest level at the middle one's size, both at the finest one's size, all three fused; `outChannels`
///   each
public final class ICNeck extends Neck {

    private final Config config;
    private final CascadeFeatureFusion coarse;
    private final CascadeFeatureFusion fine;

    /// @param inChannels channels of the three levels
    /// @param outChannels channels of what comes out
    /// @param norm norm of convolutions
    /// @param act activation of convolutions
    /// @param alignCorners how levels are resized
    private record Config(
            List<Integer> inChannels, int outChannels, NormSpec norm, Optional<ActSpec> act, boolean alignCorners) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            c.ignoring("init_cfg");
            Config config = new Config(
                    c.ints("in_channels", List.of(64, 256, 256)),
                    c.integer("out_channels", 128),
                    NormSpec.orBatchNorm(c),
                    ActSpec.find(c),
                    c.bool("align_corners", false));
            if (config.inChannels.size() != 3) {
                throw c.error("in_channels", "3 numbers", config.inChannels.toString(), "");
            }
            return config;
        }
    }

    private ICNeck(Config config) {
        this.config = config;
        List<Integer> in = config.inChannels;
        this.coarse = child("cff_24", new CascadeFeatureFusion(config, in.get(2), in.get(1)));
        this.fine = child("cff_12", new CascadeFeatureFusion(config, config.outChannels, in.get(0)));
    }

    static ICNeck read(ConfigNode c) {
        return new ICNeck(Config.read(c));
    }

    @Override
    public List<FeatureSpec> features(List<FeatureSpec> inputs) {
        int finest = inputs.get(0).stride();
        return List.of(
                new FeatureSpec(config.outChannels, inputs.get(1).stride()),
                new FeatureSpec(config.outChannels, finest),
                new FeatureSpec(config.outChannels, finest));
    }

    @Override
    protected List<Tensor> forward(List<Tensor> levels) {
        List<Tensor> below = coarse.call(levels.get(2), levels.get(1));
        List<Tensor> above = fine.call(below.get(0), levels.get(0));
        return List.of(below.get(1), above.get(1), above.get(0));
    }

    /// Adds a coarse level to a fine one; gives the sum and what was added.
    private static final class CascadeFeatureFusion extends Module {

        private final ConvModule low;
        private final ConvModule high;
        private final boolean alignCorners;

        CascadeFeatureFusion(Config config, int lowChannels, int highChannels) {
            this.low = child(
                    "conv_low",
                    ConvModule.of(lowChannels, config.outChannels, 3)
                            .padding(2)
                            .dilation(2)
                            .norm(config.norm)
                            .act(config.act)
                            .build());
            this.high = child(
                    "conv_high",
                    ConvModule.of(highChannels, config.outChannels, 1)
                            .norm(config.norm)
                            .act(config.act)
                            .build());
            this.alignCorners = config.alignCorners;
        }

        List<Tensor> call(Tensor coarse, Tensor fine) {
            return tracedAll(fine, () -> {
                Tensor added = low.call(coarse.resizeLike(fine, alignCorners));
                return List.of(added.add(high.call(fine)).relu(), added);
            });
        }
    }
}
