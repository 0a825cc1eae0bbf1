package terrazzo.models.backbones;

import java.util.ArrayList;
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
import terrazzo.models.blocks.Interpolations;
import terrazzo.models.blocks.NormSpec;

/// The context of an [STDCNet]'s coarse levels, brought up and fused with its finest
/// ([STDC](https://arxiv.org/abs/2104.13188)).
///
/// - in: `[N, C, H, W]`
/// - out: the backbone's finest level (stride 8), the context at stride 16 and at stride 8, and the first fused with
///   the last (stride 8)
public final class STDCContextPathNet extends Backbone {

    private final Config config;
    private final Backbone backbone;
    private final List<AttentionRefinement> arms;
    private final List<ConvModule> convs;
    private final ConvModule convAvg;
    private final FeatureFusion fusion;

    /// @param lastInChannels channels of the backbone's levels that give context, coarsest first
    /// @param outChannels channels of the context
    /// @param fusion how the finest level and the context are fused
    /// @param upsample how context is resized
    /// @param alignCorners whether that maps corner pixels' centres onto each other
    /// @param norm norm of convolutions
    private record Config(
            List<Integer> lastInChannels,
            int outChannels,
            Fusion fusion,
            Interpolation upsample,
            boolean alignCorners,
            NormSpec norm) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            c.ignoring("init_cfg");
            return new Config(
                    c.ints("last_in_channels", List.of(1024, 512)),
                    c.integer("out_channels", 128),
                    c.optionalNode("ffm_cfg").map(Fusion::read).orElse(new Fusion(512, 256, 4)),
                    c.has("upsample_mode") ? Interpolations.read(c, "upsample_mode") : Interpolation.NEAREST,
                    c.bool("align_corners", false),
                    NormSpec.orBatchNorm(c));
        }
    }

    /// @param in channels of the finest level and the context together
    /// @param out channels of both fused
    /// @param reduction how much narrower the view of the whole image is inside
    private record Fusion(int in, int out, int reduction) {

        static Fusion read(ConfigNode c) {
            c.ignoring("norm_cfg", "act_cfg", "init_cfg");
            Fusion fusion =
                    new Fusion(c.integer("in_channels"), c.integer("out_channels"), c.integer("scale_factor", 4));
            c.done();
            return fusion;
        }
    }

    private STDCContextPathNet(Config config, Backbone backbone) {
        this.config = config;
        int out = config.outChannels;
        List<Integer> in = config.lastInChannels;
        this.backbone = child("backbone", backbone);
        this.arms = children("arms", in.size(), i -> new AttentionRefinement(in.get(i), out));
        this.convs = children("convs", in.size(), _ -> conv(out, out, 3, config.norm));
        this.convAvg = child("conv_avg", conv(in.getFirst(), out, 1, config.norm));
        this.fusion = child("ffm", new FeatureFusion(config.fusion));
    }

    static STDCContextPathNet read(ConfigNode c, Parts parts) {
        return new STDCContextPathNet(Config.read(c), parts.backbones().build(c.node("backbone_cfg"), parts));
    }

    private static ConvModule conv(int in, int out, int kernel, NormSpec norm) {
        return ConvModule.of(in, out, kernel)
                .padding(kernel / 2)
                .norm(norm)
                .act(ActSpec.RELU)
                .build();
    }

    @Override
    public List<FeatureSpec> features() {
        List<FeatureSpec> levels = backbone.features();
        List<FeatureSpec> all = new ArrayList<>(List.of(levels.getFirst()));
        for (int i = 0; i < arms.size(); i++) {
            all.add(new FeatureSpec(
                    config.outChannels, levels.get(levels.size() - 2 - i).stride()));
        }
        all.add(new FeatureSpec(config.fusion.out, levels.getFirst().stride()));
        return all;
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        List<Tensor> levels = backbone.call(img); // strides 8, 16, 32
        Tensor coarsest = levels.getLast();
        Tensor context = up(convAvg.call(coarsest.adaptiveAvgPool(1, 1)), coarsest);
        List<Tensor> all = new ArrayList<>(List.of(levels.getFirst()));
        for (int i = 0; i < arms.size(); i++) {
            int level = levels.size() - 1 - i;
            Tensor seen = arms.get(i).call(levels.get(level)).add(context);
            context = convs.get(i).call(up(seen, levels.get(level - 1)));
            all.add(context);
        }
        all.add(fusion.call(levels.getFirst(), all.get(2)));
        return all;
    }

    private Tensor up(Tensor x, Tensor like) {
        return x.resize(config.upsample, like.dim(2), like.dim(3), config.alignCorners);
    }

    /// Joins detail and context, channels weighed by what the whole image holds.
    private static final class FeatureFusion extends Module {

        private final ConvModule conv0;
        private final Sequential attention;

        FeatureFusion(Fusion config) {
            int inner = config.out / config.reduction;
            this.conv0 = child("conv0", conv(config.in, config.out, 1, NormSpec.batchNorm()));
            this.attention = child(
                    "attention",
                    Sequential.of(
                            new Lambda(x -> x.adaptiveAvgPool(1, 1)),
                            ConvModule.of(config.out, inner, 1)
                                    .bias(false)
                                    .act(ActSpec.RELU)
                                    .build(),
                            ConvModule.of(inner, config.out, 1).bias(false).build(),
                            new Lambda(Tensor::sigmoid)));
        }

        Tensor call(Tensor detail, Tensor context) {
            return traced(detail, () -> {
                Tensor x = conv0.call(Tensor.concat(1, List.of(detail, context)));
                return x.mul(attention.call(x)).add(x);
            });
        }
    }
}
