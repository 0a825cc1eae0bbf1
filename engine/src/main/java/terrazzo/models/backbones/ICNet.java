package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;
import terrazzo.models.blocks.Pools;
import terrazzo.models.blocks.PyramidPooling;

/// One residual network that sees the image at half and at quarter size, beside a light one for full size
/// ([ICNet](https://arxiv.org/abs/1704.08545)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: three levels of stride 8, 16 and 32 with `outChannels`
public final class ICNet extends Backbone {

    private final Config config;
    private final ResNet backbone;
    private final Layer pool = Pools.maxCeil(3, 2, 1);
    private final PyramidPooling pyramid;
    private final ConvModule pyramidBottleneck;
    private final Sequential light;
    private final ConvModule half;
    private final ConvModule quarter;

    /// @param inChannels channels of the image
    /// @param layerChannels channels of the residual network's second and last stage
    /// @param lightChannels channels of the light branch inside
    /// @param pspChannels channels of each grid's mean, and of the pyramid fused
    /// @param outChannels channels of each level
    /// @param poolScales cells along each side of the pyramid's grids
    /// @param style what all convolutions share
    private record Config(
            int inChannels,
            List<Integer> layerChannels,
            int lightChannels,
            int pspChannels,
            List<Integer> outChannels,
            List<Integer> poolScales,
            Style style) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            c.ignoring("init_cfg");
            return new Config(
                    c.integer("in_channels", 3),
                    c.ints("layer_channels", List.of(512, 2048)),
                    c.integer("light_branch_middle_channels", 32),
                    c.integer("psp_out_channels", 512),
                    c.ints("out_channels", List.of(64, 256, 256)),
                    c.ints("pool_scales", List.of(1, 2, 3, 6)),
                    new Style(NormSpec.orBatchNorm(c), ActSpec.find(c), c.bool("align_corners", false)));
        }
    }

    /// @param norm norm of convolutions
    /// @param act activation of the pyramid's convolutions
    /// @param alignCorners how images are resized
    private record Style(NormSpec norm, Optional<ActSpec> act, boolean alignCorners) {

        ConvModule.Spec conv(int in, int out, int kernel) {
            return ConvModule.of(in, out, kernel).padding(kernel / 2).norm(norm).act(ActSpec.RELU);
        }
    }

    private ICNet(Config config, ResNet backbone) {
        this.config = config;
        Style style = config.style;
        int deep = config.layerChannels.get(1);
        int psp = config.pspChannels;
        int light = config.lightChannels;
        List<Integer> out = config.outChannels;
        this.backbone = child("backbone", backbone);
        this.pyramid = child(
                "psp_modules",
                new PyramidPooling(config.poolScales, style.conv(deep, psp, 1).act(style.act), style.alignCorners));
        this.pyramidBottleneck = child(
                "psp_bottleneck",
                style.conv(deep + config.poolScales.size() * psp, psp, 3)
                        .act(style.act)
                        .build());
        this.light = child(
                "conv_sub1",
                Sequential.of(
                        style.conv(config.inChannels, light, 3).stride(2).build(),
                        style.conv(light, light, 3).stride(2).build(),
                        style.conv(light, out.get(0), 3).stride(2).build()));
        this.half = child(
                "conv_sub2",
                style.conv(config.layerChannels.get(0), out.get(1), 1).build());
        this.quarter = child("conv_sub4", style.conv(psp, out.get(2), 1).build());
        startConvolutions();
    }

    static ICNet read(ConfigNode c, Parts parts) {
        Config config = Config.read(c);
        ConfigNode inner = c.node("backbone_cfg");
        if (!(parts.backbones().build(inner, parts) instanceof ResNet backbone) || !backbone.hasDeepStem()) {
            throw inner.error("type", "a residual network with a deep stem", "'" + inner.type() + "'", "");
        }
        return new ICNet(config, backbone);
    }

    @Override
    public List<FeatureSpec> features() {
        List<Integer> out = config.outChannels;
        return List.of(
                new FeatureSpec(out.get(0), 8), new FeatureSpec(out.get(1), 16), new FeatureSpec(out.get(2), 32));
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = pool.call(backbone.stem(halved(img)));
        Tensor atHalf = backbone.stage(1, backbone.stage(0, x)); // [N, C, H/16, W/16]
        Tensor atQuarter = backbone.stage(3, backbone.stage(2, halved(atHalf))); // [N, C, H/32, W/32]
        List<Tensor> means = new ArrayList<>(pyramid.call(atQuarter));
        means.add(atQuarter); // after the means, unlike in PSPHead
        Tensor fused = pyramidBottleneck.call(Tensor.concat(1, means));
        return List.of(light.call(img), half.call(atHalf), quarter.call(fused));
    }

    /// Half the size, the last row of an odd size left out. The reference scales by exactly 1/2, which without aligned
    /// corners is the mean of 2x2 pixels.
    private Tensor halved(Tensor x) {
        return config.style.alignCorners
                ? x.resize(
                        Interpolation.BILINEAR, x.dim(2).floorDiv(2), x.dim(3).floorDiv(2), true)
                : Pools.average(2, 2, 0).call(x);
    }
}
