package terrazzo.models.backbones;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.AttentionRefinement;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;

/// A path that keeps detail beside one that sees the whole ([BiSeNet](https://arxiv.org/abs/1808.00897)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: of both paths fused (stride 8), the context at stride 8 and at stride 16, those that `outIndices` names
public final class BiSeNetV1 extends Backbone {

    private final Config config;
    private final ContextPath context;
    private final Sequential spatial;
    private final FeatureFusion fusion;

    /// @param inChannels channels of the image
    /// @param spatialChannels channels of the spatial path's four convolutions
    /// @param contextChannels channels of the context path, and of the two coarsest levels of its backbone
    /// @param outIndices 0 for both paths fused, 1 and 2 for the context
    /// @param outChannels channels of both paths fused
    private record Config(
            int inChannels,
            List<Integer> spatialChannels,
            List<Integer> contextChannels,
            List<Integer> outIndices,
            int outChannels) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            // mmseg: norms and activations are batch norm and ReLU whatever these keys say
            PlainConvolutions.require(c);
            c.ignoring("norm_cfg", "act_cfg", "align_corners", "init_cfg");
            Config config = new Config(
                    c.integer("in_channels", 3),
                    c.ints("spatial_channels", List.of(64, 64, 64, 128)),
                    c.ints("context_channels", List.of(128, 256, 512)),
                    c.ints("out_indices", List.of(0, 1, 2)),
                    c.integer("out_channels", 256));
            if (config.spatialChannels.size() != 4) {
                throw c.error("spatial_channels", "4 numbers", config.spatialChannels.toString(), "");
            }
            if (config.contextChannels.size() != 3) {
                throw c.error("context_channels", "3 numbers", config.contextChannels.toString(), "");
            }
            return config;
        }
    }

    private BiSeNetV1(Config config, Backbone backbone) {
        this.config = config;
        this.context = child("context_path", new ContextPath(backbone, config.contextChannels));
        this.spatial = child("spatial_path", spatialPath(config));
        this.fusion = child("ffm", new FeatureFusion(config.contextChannels.get(1), config.outChannels));
    }

    static BiSeNetV1 read(ConfigNode c, Parts parts) {
        return new BiSeNetV1(Config.read(c), parts.backbones().build(c.node("backbone_cfg"), parts));
    }

    @Override
    public List<FeatureSpec> features() {
        int width = config.contextChannels.getFirst();
        List<FeatureSpec> all =
                List.of(new FeatureSpec(config.outChannels, 8), new FeatureSpec(width, 8), new FeatureSpec(width, 16));
        return config.outIndices.stream().map(all::get).toList();
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        List<Tensor> seen = context.call(img); // [N, C, H/8, W/8], [N, C, H/16, W/16]
        Tensor fused = fusion.call(spatial.call(img), seen.get(0)); // [N, outChannels, H/8, W/8]
        List<Tensor> all = List.of(fused, seen.get(0), seen.get(1));
        return config.outIndices.stream().map(all::get).toList();
    }

    private static ConvModule.Spec conv(int in, int out, int kernel) {
        return ConvModule.of(in, out, kernel)
                .padding(kernel / 2)
                .norm(NormSpec.batchNorm())
                .act(ActSpec.RELU);
    }

    private static Sequential spatialPath(Config config) {
        List<Integer> widths = config.spatialChannels;
        return Sequential.named(
                i -> "layer" + (i + 1),
                List.of(
                        conv(config.inChannels, widths.get(0), 7).stride(2).build(),
                        conv(widths.get(0), widths.get(1), 3).stride(2).build(),
                        conv(widths.get(1), widths.get(2), 3).stride(2).build(),
                        conv(widths.get(2), widths.get(3), 1).build()));
    }

    /// A backbone whose two coarsest levels are weighed by the whole image and brought up.
    private static final class ContextPath extends Module {

        private final Backbone backbone;
        private final AttentionRefinement arm16;
        private final AttentionRefinement arm32;
        private final ConvModule head32;
        private final ConvModule head16;
        private final Sequential gapConv;

        ContextPath(Backbone backbone, List<Integer> channels) {
            int width = channels.get(0);
            this.backbone = child("backbone", backbone);
            this.arm16 = child("arm16", new AttentionRefinement(channels.get(1), width));
            this.arm32 = child("arm32", new AttentionRefinement(channels.get(2), width));
            this.head32 = child("conv_head32", conv(width, width, 3).build());
            this.head16 = child("conv_head16", conv(width, width, 3).build());
            this.gapConv = child(
                    "gap_conv",
                    Sequential.of(
                            new Lambda(x -> x.adaptiveAvgPool(1, 1)),
                            conv(channels.get(2), width, 1).build()));
        }

        List<Tensor> call(Tensor img) {
            return tracedAll(img, () -> {
                List<Tensor> levels = backbone.call(img); // strides 4, 8, 16, 32
                Tensor coarse = levels.get(3);
                Tensor x32 = arm32.call(coarse).add(gapConv.call(coarse));
                Tensor up32 = head32.call(up(x32, levels.get(2)));
                Tensor x16 = arm16.call(levels.get(2)).add(up32);
                return List.of(head16.call(up(x16, levels.get(1))), up32);
            });
        }

        private static Tensor up(Tensor x, Tensor like) {
            return x.resize(Interpolation.NEAREST, like.dim(2), like.dim(3), false);
        }
    }

    /// Joins both paths and weighs channels by the whole image.
    private static final class FeatureFusion extends Module {

        private final ConvModule conv1;
        private final Sequential attention;

        FeatureFusion(int in, int out) {
            this.conv1 = child("conv1", conv(in, out, 1).build());
            this.attention = child(
                    "conv_atten", Sequential.of(conv(out, out, 1).bias(false).build(), new Lambda(Tensor::sigmoid)));
        }

        Tensor call(Tensor spatial, Tensor context) {
            return traced(spatial, () -> {
                Tensor fused = conv1.call(Tensor.concat(1, List.of(spatial, context)));
                return fused.mul(attention.call(fused.adaptiveAvgPool(1, 1))).add(fused);
            });
        }
    }
}
