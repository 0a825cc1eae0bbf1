package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.DepthwiseSeparableConvModule;
import terrazzo.models.blocks.InvertedResidual;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;
import terrazzo.models.blocks.PyramidPooling;

/// Two branches that share their first steps: one keeps detail, one sees the whole
/// ([Fast-SCNN](https://arxiv.org/abs/1902.04502)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: of the fine branch (stride 8), the coarse one (stride 32) and both fused (stride 8), those that `outIndices`
///   names
public final class FastSCNN extends Backbone {

    private final Config config;
    private final Sequential fine;
    private final GlobalFeatureExtractor coarse;
    private final FeatureFusion fusion;

    /// @param inChannels channels of the image
    /// @param downChannels channels of the first two convolutions
    /// @param fineChannels channels of the fine branch
    /// @param blockChannels channels of each group of the coarse branch's blocks
    /// @param blockStrides step of each group
    /// @param coarseChannels channels of the coarse branch
    /// @param fusionChannels channels of both fused
    /// @param outIndices 0 for the fine branch, 1 for the coarse, 2 for both fused
    /// @param style what all convolutions share
    private record Config(
            int inChannels,
            List<Integer> downChannels,
            int fineChannels,
            List<Integer> blockChannels,
            List<Integer> blockStrides,
            int coarseChannels,
            int fusionChannels,
            List<Integer> outIndices,
            Style style) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            c.ignoring("init_cfg");
            Config config = new Config(
                    c.integer("in_channels", 3),
                    c.ints("downsample_dw_channels", List.of(32, 48)),
                    c.integer("global_in_channels", 64),
                    c.ints("global_block_channels", List.of(64, 96, 128)),
                    c.ints("global_block_strides", List.of(2, 2, 1)),
                    c.integer("global_out_channels", 128),
                    c.integer("fusion_out_channels", 128),
                    c.ints("out_indices", List.of(0, 1, 2)),
                    Style.read(c));
            same(c, "higher_in_channels", 64, "global_in_channels", config.fineChannels);
            same(c, "lower_in_channels", 128, "global_out_channels", config.coarseChannels);
            return config;
        }

        private static void same(ConfigNode c, String key, int otherwise, String as, int expected) {
            int got = c.integer(key, otherwise);
            if (got != expected) {
                throw c.error(key, expected + " (" + as + ")", Integer.toString(got), "");
            }
        }
    }

    /// @param norm norm of convolutions
    /// @param act activation of convolutions
    /// @param depthwiseAct activation between the two halves of separable convolutions
    /// @param alignCorners how levels are resized
    private record Style(NormSpec norm, Optional<ActSpec> act, Optional<ActSpec> depthwiseAct, boolean alignCorners) {

        static Style read(ConfigNode c) {
            return new Style(
                    NormSpec.orBatchNorm(c),
                    ActSpec.find(c),
                    DepthwiseSeparableConvModule.findDepthwiseAct(c),
                    c.bool("align_corners", false));
        }

        ConvModule.Spec conv(int in, int out, int kernel) {
            return ConvModule.of(in, out, kernel).padding(kernel / 2).norm(norm).act(act);
        }

        Layer separable(int in, int out) {
            return new DepthwiseSeparableConvModule(
                    ConvSpec.of(in, out, 3).stride(2).padding(1),
                    new DepthwiseSeparableConvModule.Style(Optional.of(norm), depthwiseAct, Optional.of(ActSpec.RELU)));
        }
    }

    private FastSCNN(Config config) {
        this.config = config;
        int first = config.downChannels.get(0);
        int second = config.downChannels.get(1);
        Style style = config.style;
        SequencedMap<String, Layer> down = new LinkedHashMap<>();
        down.put("conv", style.conv(config.inChannels, first, 3).stride(2).build());
        down.put("dsconv1", style.separable(first, second));
        down.put("dsconv2", style.separable(second, config.fineChannels));
        this.fine = child("learning_to_downsample", new Sequential(down));
        this.coarse = child("global_feature_extractor", new GlobalFeatureExtractor(config));
        this.fusion = child("feature_fusion", new FeatureFusion(config));
        startConvolutions();
    }

    static FastSCNN read(ConfigNode c) {
        return new FastSCNN(Config.read(c));
    }

    @Override
    public List<FeatureSpec> features() {
        int coarser = config.blockStrides.stream().reduce(1, (a, b) -> a * b);
        List<FeatureSpec> all = List.of(
                new FeatureSpec(config.fineChannels, 8),
                new FeatureSpec(config.coarseChannels, 8 * coarser),
                new FeatureSpec(config.fusionChannels, 8));
        return config.outIndices.stream().map(all::get).toList();
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor high = fine.call(img); // [N, C, H/8, W/8]
        Tensor low = coarse.call(high); // [N, C, H/32, W/32]
        List<Tensor> all = List.of(high, low, fusion.call(high, low));
        return config.outIndices.stream().map(all::get).toList();
    }

    /// Inverted residuals and a pyramid of means.
    private static final class GlobalFeatureExtractor extends Layer {

        private static final int BLOCKS = 3;
        private static final int EXPAND_RATIO = 6;
        private static final List<Integer> POOL_SCALES = List.of(1, 2, 3, 6);

        private final List<Sequential> groups = new ArrayList<>();
        private final PyramidPooling pyramid;
        private final ConvModule out;

        GlobalFeatureExtractor(Config config) {
            Style style = config.style;
            int in = config.fineChannels;
            for (int i = 0; i < config.blockChannels.size(); i++) {
                int channels = config.blockChannels.get(i);
                groups.add(child("bottleneck" + (i + 1), group(in, channels, config.blockStrides.get(i), style)));
                in = channels;
            }
            this.pyramid = child("ppm", new PyramidPooling(POOL_SCALES, style.conv(in, in / 4, 1), style.alignCorners));
            this.out = child("out", style.conv(2 * in, config.coarseChannels, 3).build());
        }

        private static Sequential group(int in, int out, int stride, Style style) {
            List<Layer> blocks = new ArrayList<>();
            for (int i = 0; i < BLOCKS; i++) {
                InvertedResidual.Shape shape =
                        new InvertedResidual.Shape(i == 0 ? in : out, out, i == 0 ? stride : 1, EXPAND_RATIO, 1);
                blocks.add(new InvertedResidual(shape, style.norm, style.act));
            }
            return new Sequential(blocks);
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = x;
            for (Sequential group : groups) {
                y = group.call(y);
            }
            List<Tensor> all = new ArrayList<>(List.of(y));
            all.addAll(pyramid.call(y));
            return out.call(Tensor.concat(1, all));
        }
    }

    /// Adds the coarse branch to the fine one.
    private static final class FeatureFusion extends Module {

        private final ConvModule dwconv;
        private final ConvModule low;
        private final ConvModule high;
        private final boolean alignCorners;

        FeatureFusion(Config config) {
            Style style = config.style;
            int out = config.fusionChannels;
            this.dwconv = child(
                    "dwconv",
                    style.conv(config.coarseChannels, out, 3).groups(out).build());
            this.low = child(
                    "conv_lower_res",
                    style.conv(out, out, 1).act(Optional.empty()).build());
            this.high = child(
                    "conv_higher_res",
                    style.conv(config.fineChannels, out, 1)
                            .act(Optional.empty())
                            .build());
            this.alignCorners = style.alignCorners;
        }

        Tensor call(Tensor fine, Tensor coarse) {
            return traced(fine, () -> {
                Tensor below = low.call(dwconv.call(coarse.resizeLike(fine, alignCorners)));
                return high.call(fine).add(below).relu();
            });
        }
    }
}
