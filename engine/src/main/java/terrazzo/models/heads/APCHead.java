package terrazzo.models.heads;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;

/// Region features at several grid sizes, each spread over the image by affinities learned from local and global
/// features (APCNet: He and others, Adaptive Pyramid Context Network for Semantic Segmentation, CVPR 2019).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class APCHead extends ParallelHead {

    /// @param head what every head says
    /// @param poolScales cells along each side of the grids
    /// @param fusion whether each module ends with one more convolution
    public record Config(DecodeHead.Config head, List<Integer> poolScales, boolean fusion) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            return new Config(
                    DecodeHead.Config.read(c, parts),
                    c.ints("pool_scales", List.of(1, 2, 3, 6)),
                    c.bool("fusion", true));
        }
    }

    public APCHead(Config config) {
        super(config.head, "acm_modules", config.poolScales, size -> new ContextModule(config, size));
    }

    static APCHead read(ConfigNode c, Parts parts) {
        return new APCHead(Config.read(c, parts));
    }

    /// One grid size.
    private static final class ContextModule extends Layer {

        private final int scale;
        private final ConvModule pooledReduce;
        private final ConvModule inputReduce;
        private final ConvModule globalInfo;
        private final Conv2d affinity;
        private final ConvModule residual;
        private final Optional<ConvModule> fusion;

        ContextModule(Config config, int scale) {
            this.scale = scale;
            int in = config.head.inputChannels();
            int channels = config.head.channels();
            this.pooledReduce = child("pooled_redu_conv", pointwise(config.head, in));
            this.inputReduce = child("input_redu_conv", pointwise(config.head, in));
            this.globalInfo = child("global_info", pointwise(config.head, channels));
            this.affinity = child("gla", new Conv2d(ConvSpec.of(channels, scale * scale, 1)));
            this.residual = child("residual_conv", pointwise(config.head, channels));
            this.fusion = config.fusion
                    ? Optional.of(child("fusion_conv", pointwise(config.head, channels)))
                    : Optional.empty();
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor regions = pooledReduce.call(x.adaptiveAvgPool(scale, scale)).flatten(2); // [N, C, S]
            Tensor local = inputReduce.call(x); // [N, C, H, W]
            Tensor global = globalInfo.call(local.adaptiveAvgPool(1, 1)); // [N, C, 1, 1]
            Tensor affinities = affinity.call(local.add(global)).flatten(2).sigmoid(); // [N, S, L]
            Tensor context = regions.matmul(affinities).reshape(local.shape());
            Tensor y = residual.call(context).add(local).relu();
            return fusion.isPresent() ? fusion.get().call(y) : y;
        }
    }
}
