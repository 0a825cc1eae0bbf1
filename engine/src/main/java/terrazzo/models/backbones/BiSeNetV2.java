package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.DepthwiseSeparableConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;
import terrazzo.models.blocks.Pools;

/// A shallow, wide branch for detail and a deep, narrow one for meaning, each guiding the other
/// ([BiSeNetV2](https://arxiv.org/abs/2004.02147)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: of both branches fused (stride 8) and the semantic branch's stages (strides 4, 8, 16, 32), those that
///   `outIndices` names
public final class BiSeNetV2 extends Backbone {

    private static final NormSpec NORM = NormSpec.batchNorm();

    private final Config config;
    private final Sequential detail;
    private final SemanticBranch semantic;
    private final BilateralGuidedAggregation aggregation;

    /// @param inChannels channels of the image
    /// @param detailChannels channels of the detail branch's stages
    /// @param semanticChannels channels of the semantic branch's stages
    /// @param expansionRatio how much wider the semantic branch's blocks are inside
    /// @param outChannels channels of both branches, and of both fused
    /// @param outIndices 0 for both branches fused, i for the semantic branch's stage i
    /// @param alignCorners how one branch is resized to the other
    private record Config(
            int inChannels,
            List<Integer> detailChannels,
            List<Integer> semanticChannels,
            int expansionRatio,
            int outChannels,
            List<Integer> outIndices,
            boolean alignCorners) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            // mmseg: norms and activations are batch norm and ReLU whatever these keys say
            PlainConvolutions.require(c);
            c.ignoring("norm_cfg", "act_cfg", "init_cfg");
            return new Config(
                    c.integer("in_channels", 3),
                    c.ints("detail_channels", List.of(64, 64, 128)),
                    c.ints("semantic_channels", List.of(16, 32, 64, 128)),
                    c.integer("semantic_expansion_ratio", 6),
                    c.integer("bga_channels", 128),
                    c.ints("out_indices", List.of(0, 1, 2, 3, 4)),
                    c.bool("align_corners", false));
        }
    }

    private BiSeNetV2(Config config) {
        this.config = config;
        List<Sequential> stages = new ArrayList<>();
        int in = config.inChannels;
        for (int channels : config.detailChannels) {
            stages.add(detailStage(in, channels, stages.isEmpty() ? 2 : 3));
            in = channels;
        }
        this.detail = new Sequential(stages);
        child("detail", Sequential.named(_ -> "detail_branch", List.of(detail)));
        this.semantic = child("semantic", new SemanticBranch(config));
        this.aggregation = child("bga", new BilateralGuidedAggregation(config.outChannels, config.alignCorners));
        startConvolutions();
    }

    static BiSeNetV2 read(ConfigNode c) {
        return new BiSeNetV2(Config.read(c));
    }

    @Override
    public List<FeatureSpec> features() {
        List<FeatureSpec> all = new ArrayList<>(List.of(new FeatureSpec(config.outChannels, 8)));
        config.semanticChannels.forEach(channels -> all.add(new FeatureSpec(channels, 2 << all.size())));
        return config.outIndices.stream().map(all::get).toList();
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor fine = detail.call(img); // [N, C, H/8, W/8]
        List<Tensor> stages = semantic.call(img); // strides 4, 8, 16, 32, 32
        List<Tensor> all = new ArrayList<>(List.of(aggregation.call(fine, stages.getLast())));
        all.addAll(stages.subList(0, stages.size() - 1));
        return config.outIndices.stream().map(all::get).toList();
    }

    /// A convolution with norm, padded so that a stride of 1 keeps the size.
    private static ConvModule.Spec plain(int in, int out, int kernel) {
        return ConvModule.of(in, out, kernel).padding(kernel / 2).norm(NORM);
    }

    private static ConvModule.Spec conv(int in, int out, int kernel) {
        return plain(in, out, kernel).act(ActSpec.RELU);
    }

    private static Sequential detailStage(int in, int out, int convs) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < convs; i++) {
            layers.add(conv(i == 0 ? in : out, out, 3).stride(i == 0 ? 2 : 1).build());
        }
        return new Sequential(layers);
    }

    /// A stem, stages of gather-and-expansion layers, and the mean of the image.
    private static final class SemanticBranch extends Module {

        private static final int LAST_STAGE_LAYERS = 4;

        private final List<Layer> stages = new ArrayList<>();

        SemanticBranch(Config config) {
            List<Integer> widths = config.semanticChannels;
            int count = widths.size();
            stages.add(child("stage1", new Stem(config.inChannels, widths.getFirst())));
            for (int i = 1; i < count; i++) {
                int in = widths.get(i - 1);
                int out = widths.get(i);
                List<Layer> layers = new ArrayList<>(List.of(new GatherExpansion(in, out, config.expansionRatio, 2)));
                for (int j = 1; j < (i == count - 1 ? LAST_STAGE_LAYERS : 2); j++) {
                    layers.add(new GatherExpansion(out, out, config.expansionRatio, 1));
                }
                stages.add(child("stage" + (i + 1), new Sequential(layers)));
            }
            stages.add(child("stage" + count + "_CEBlock", new ContextEmbedding(widths.getLast())));
        }

        List<Tensor> call(Tensor img) {
            return tracedAll(img, () -> {
                List<Tensor> outputs = new ArrayList<>();
                Tensor x = img;
                for (Layer stage : stages) {
                    x = stage.call(x);
                    outputs.add(x);
                }
                return outputs;
            });
        }
    }

    /// Goes down by 4 in two ways at once.
    private static final class Stem extends Layer {

        private final ConvModule first;
        private final Sequential convs;
        private final Layer pool;
        private final ConvModule fuse;

        Stem(int in, int out) {
            this.first = child("conv_first", conv(in, out, 3).stride(2).build());
            this.convs = child(
                    "convs",
                    Sequential.of(
                            conv(out, out / 2, 1).build(),
                            conv(out / 2, out, 3).stride(2).build()));
            this.pool = child("pool", Pools.max(3, 2, 1));
            this.fuse = child("fuse_last", conv(2 * out, out, 3).build());
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = first.call(x);
            return fuse.call(Tensor.concat(1, List.of(convs.call(y), pool.call(y))));
        }
    }

    /// Gathers around each pixel, widens channel by channel and narrows again, beside a shortcut.
    private static final class GatherExpansion extends Layer {

        private final ConvModule conv1;
        private final Sequential dwconv;
        private final Optional<Sequential> shortcut;
        private final Sequential conv2;

        GatherExpansion(int in, int out, int ratio, int stride) {
            int wide = in * ratio;
            this.conv1 = child("conv1", conv(in, in, 3).build());
            this.dwconv = child(
                    "dwconv",
                    stride == 1
                            ? Sequential.of(conv(in, wide, 3).groups(in).build())
                            : Sequential.of(
                                    plain(in, wide, 3)
                                            .stride(stride)
                                            .groups(in)
                                            .bias(false)
                                            .build(),
                                    conv(wide, wide, 3).groups(wide).build()));
            this.shortcut = stride == 1
                    ? Optional.empty()
                    : Optional.of(child("shortcut", Sequential.of(separable(in, out, stride))));
            this.conv2 =
                    child("conv2", Sequential.of(plain(wide, out, 1).bias(false).build()));
        }

        private static Layer separable(int in, int out, int stride) {
            return new DepthwiseSeparableConvModule(
                    ConvSpec.of(in, out, 3).stride(stride).padding(1),
                    new DepthwiseSeparableConvModule.Style(Optional.of(NORM), Optional.empty(), Optional.empty()));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = conv2.call(dwconv.call(conv1.call(x)));
            return y.add(shortcut.isPresent() ? shortcut.get().call(x) : x).relu();
        }
    }

    /// Adds the mean of the image to each pixel.
    private static final class ContextEmbedding extends Layer {

        private final Sequential gap;
        private final ConvModule convGap;
        private final ConvModule convLast;

        ContextEmbedding(int channels) {
            this.gap = child("gap", Sequential.of(new Lambda(x -> x.adaptiveAvgPool(1, 1)), NORM.build(channels)));
            this.convGap = child("conv_gap", conv(channels, channels, 1).build());
            this.convLast = child("conv_last", conv(channels, channels, 3).build());
        }

        @Override
        protected Tensor forward(Tensor x) {
            return convLast.call(x.add(convGap.call(gap.call(x))));
        }
    }

    /// Each branch gates the other.
    private static final class BilateralGuidedAggregation extends Module {

        private final Sequential detailDw;
        private final Sequential detailDown;
        private final Sequential semanticConv;
        private final Sequential semanticDw;
        private final ConvModule conv;
        private final boolean alignCorners;

        BilateralGuidedAggregation(int channels, boolean alignCorners) {
            this.detailDw = child("detail_dwconv", Sequential.of(new Separable(channels)));
            this.detailDown = child(
                    "detail_down",
                    Sequential.of(
                            plain(channels, channels, 3).stride(2).bias(false).build(), Pools.average(3, 2, 1)));
            this.semanticConv = child(
                    "semantic_conv",
                    Sequential.of(plain(channels, channels, 3).bias(false).build()));
            this.semanticDw = child("semantic_dwconv", Sequential.of(new Separable(channels)));
            this.conv = child("conv", BiSeNetV2.conv(channels, channels, 3).build());
            this.alignCorners = alignCorners;
        }

        Tensor call(Tensor detail, Tensor semantic) {
            return traced(detail, () -> {
                Tensor fine = detailDw.call(detail); // [N, C, H/8, W/8]
                Tensor gate = semanticConv.call(semantic).resizeLike(fine, alignCorners);
                Tensor fineGated = fine.mul(gate.sigmoid());
                Tensor coarseGated =
                        detailDown.call(detail).mul(semanticDw.call(semantic).sigmoid()); // [N, C, H/32, W/32]
                return conv.call(fineGated.add(coarseGated.resizeLike(fineGated, alignCorners)));
            });
        }
    }

    /// A separable convolution with a norm between its halves and nothing after.
    private static final class Separable extends Layer {

        private final ConvModule depthwise;
        private final ConvModule pointwise;

        Separable(int channels) {
            this.depthwise = child(
                    "depthwise_conv",
                    plain(channels, channels, 3).groups(channels).build());
            this.pointwise =
                    child("pointwise_conv", ConvModule.of(channels, channels, 1).build());
        }

        @Override
        protected Tensor forward(Tensor x) {
            return pointwise.call(depthwise.call(x));
        }
    }
}
