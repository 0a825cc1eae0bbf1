package terrazzo.models.heads;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ConvOp;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;

/// Filters of several sizes that are made from the image they are applied to (DMNet: He and others, Dynamic Multi-Scale
/// Filters for Semantic Segmentation, ICCV 2019).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class DMHead extends ParallelHead {

    /// @param head what every head says
    /// @param filterSizes extents of the filters in pixels
    /// @param fusion whether each module ends with one more convolution
    public record Config(DecodeHead.Config head, List<Integer> filterSizes, boolean fusion) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            DecodeHead.Config head = DecodeHead.Config.read(c, parts);
            if (head.act().isEmpty()) {
                throw c.error("act_cfg", "an activation", "None", "");
            }
            return new Config(head, c.ints("filter_sizes", List.of(1, 3, 5, 7)), c.bool("fusion", false));
        }
    }

    public DMHead(Config config) {
        super(config.head, "dcm_modules", config.filterSizes, size -> new DynamicConv(config, size));
    }

    static DMHead read(ConfigNode c, Parts parts) {
        return new DMHead(Config.read(c, parts));
    }

    /// One filter size.
    private static final class DynamicConv extends Layer {

        private final int size;
        private final Conv2d filterGen;
        private final ConvModule inputReduce;
        private final Optional<Layer> norm;
        private final Layer activate;
        private final Optional<ConvModule> fusion;

        DynamicConv(Config config, int size) {
            this.size = size;
            int in = config.head.inputChannels();
            int channels = config.head.channels();
            this.filterGen = child("filter_gen_conv", new Conv2d(ConvSpec.of(in, channels, 1)));
            this.inputReduce = child("input_redu_conv", pointwise(config.head, in));
            this.norm = config.head.norm().map(n -> child("norm", n.build(channels)));
            this.activate =
                    child("activate", config.head.act().orElse(ActSpec.RELU).build(channels));
            this.fusion = config.fusion
                    ? Optional.of(child("fusion_conv", pointwise(config.head, channels)))
                    : Optional.empty();
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor filters = filterGen.call(x.adaptiveAvgPool(size, size)); // [N, C, size, size]
            Tensor narrow = inputReduce.call(x); // [N, C, H, W]
            Dim each = narrow.dim(0).times(narrow.dim(1));
            int after = Math.floorDiv(size - 1, 2);
            Dim before = Dim.of((long) size - 1 - after);
            Tensor planes = narrow.reshape(Dim.ONE, each, narrow.dim(2), narrow.dim(3))
                    .pad(before, Dim.of(after), before, Dim.of(after));
            Tensor kernels = filters.reshape(each, Dim.ONE, Dim.of(size), Dim.of(size));
            Tensor filtered = planes.apply(new ConvOp.Planewise(), kernels).reshape(narrow.shape());
            Tensor y = activate.call(norm.isPresent() ? norm.get().call(filtered) : filtered);
            return fusion.isPresent() ? fusion.get().call(y) : y;
        }
    }
}
