package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.models.DecodeHead;
import terrazzo.models.FeatureHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.PyramidPooling;

/// Pyramid pooling on the last level, then a feature pyramid down to the first
/// ([UPerNet](https://arxiv.org/abs/1807.10221)).
///
/// - in: levels `[N, inChannels[i], H/2^i, W/2^i]`, largest first
/// - out logits: `[N, numClasses, H, W]`
public final class UPerHead extends FeatureHead {

    private final PyramidPooling psp;
    private final ConvModule bottleneck;
    private final List<ConvModule> laterals;
    private final List<ConvModule> fpns;
    private final ConvModule fpnBottleneck;

    /// @param head what every head says
    /// @param poolScales cells along each side of the grids
    public record Config(DecodeHead.Config head, List<Integer> poolScales) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            return new Config(
                    DecodeHead.Config.read(c, parts, "multiple_select"), c.ints("pool_scales", List.of(1, 2, 3, 6)));
        }
    }

    public UPerHead(Config config) {
        super(config.head);
        List<Integer> in = config.head.inChannels();
        int channels = config.head.channels();
        int pooled = config.poolScales.size() * channels;
        this.psp = child(
                "psp_modules",
                new PyramidPooling(config.poolScales, conv(in.getLast(), channels, 1), config.head.alignCorners()));
        this.bottleneck =
                child("bottleneck", conv(in.getLast() + pooled, channels, 3).build());
        int below = in.size() - 1;
        this.laterals = children(
                "lateral_convs", below, i -> conv(in.get(i), channels, 1).build());
        this.fpns =
                children("fpn_convs", below, _ -> conv(channels, channels, 3).build());
        this.fpnBottleneck =
                child("fpn_bottleneck", conv(in.size() * channels, channels, 3).build());
    }

    static UPerHead read(ConfigNode c, Parts parts) {
        return new UPerHead(Config.read(c, parts));
    }

    @Override
    public Tensor features(List<Tensor> levels) {
        List<Tensor> chosen = selected(levels);
        boolean align = config().alignCorners();
        List<Tensor> pyramid = new ArrayList<>(); // each [N, channels, H/2^i, W/2^i]
        for (int i = 0; i < laterals.size(); i++) {
            pyramid.add(laterals.get(i).call(chosen.get(i)));
        }
        pyramid.add(pooled(chosen.getLast()));
        for (int i = laterals.size(); i > 0; i--) {
            Tensor below = pyramid.get(i - 1);
            pyramid.set(i - 1, below.add(pyramid.get(i).resizeLike(below, align)));
        }
        for (int i = 0; i < fpns.size(); i++) {
            pyramid.set(i, fpns.get(i).call(pyramid.get(i)));
        }
        Tensor first = pyramid.getFirst();
        pyramid.replaceAll(x -> x.resizeLike(first, align));
        return fpnBottleneck.call(Tensor.concat(1, pyramid));
    }

    private Tensor pooled(Tensor x) {
        List<Tensor> all = new ArrayList<>(List.of(x));
        all.addAll(psp.call(x));
        return bottleneck.call(Tensor.concat(1, all));
    }
}
