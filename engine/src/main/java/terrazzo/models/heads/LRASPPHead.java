package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PoolOp;
import terrazzo.graph.ir.Requirement;
import terrazzo.graph.ir.Requirement.Extent;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;

/// A light pyramid of one convolution and one pooling, sharpened by finer levels
/// ([MobileNetV3](https://arxiv.org/abs/1905.02244), fig. 10).
///
/// - in: levels `[N, inChannels[i], H/s, W/s]`, finest first; the coarsest one at least 49 by 49 pixels
/// - out logits: `[N, numClasses, H, W]` of the first level's stride
public final class LRASPPHead extends DecodeHead {

    /// The paper's window and step, made for 65x65 pixels and more.
    private static final Size WINDOW = new Size(49, 49);

    private static final PoolOp POOL = new PoolOp.AvgPool2d(WINDOW, new Size(16, 20), new Size(0, 0), false, true);

    private final List<Conv2d> convs = new ArrayList<>();
    private final List<ConvModule> ups = new ArrayList<>();
    private final Conv2d upInput;
    private final ConvModule asppConv;
    private final Sequential imagePool;

    /// @param head what every head says
    /// @param branchChannels channels that remain of each finer level
    public record Config(DecodeHead.Config head, List<Integer> branchChannels) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            Config config = new Config(DecodeHead.Config.read(c, parts), c.ints("branch_channels", List.of(32, 64)));
            if (config.head.inputTransform() != InputTransform.MULTIPLE_SELECT) {
                throw c.error("input_transform", "'multiple_select'", "another", "");
            }
            int finer = config.head.inChannels().size() - 1;
            if (config.branchChannels.size() != finer) {
                throw c.error(
                        "branch_channels",
                        finer + " numbers (one less than in_channels)",
                        config.branchChannels.toString(),
                        "");
            }
            return config;
        }
    }

    public LRASPPHead(Config config) {
        super(config.head);
        List<Integer> in = config.head.inChannels();
        int channels = config.head.channels();
        for (int i = 0; i < config.branchChannels.size(); i++) {
            int branch = config.branchChannels.get(i);
            convs.add(new Conv2d(ConvSpec.of(in.get(i), branch, 1).bias(false)));
            ups.add(conv(channels + branch, channels, 1).bias(false).build());
        }
        child("convs", Sequential.named(i -> "conv" + i, convs));
        child("conv_ups", Sequential.named(i -> "conv_up" + i, ups));
        this.upInput = child("conv_up_input", new Conv2d(ConvSpec.of(channels, channels, 1)));
        this.asppConv =
                child("aspp_conv", conv(in.getLast(), channels, 1).bias(false).build());
        this.imagePool = child(
                "image_pool",
                Sequential.of(
                        new Lambda(x -> x.apply(POOL)),
                        ConvModule.of(in.getLast(), channels, 1)
                                .bias(false)
                                .act(ActSpec.SIGMOID)
                                .build()));
    }

    static LRASPPHead read(ConfigNode c, Parts parts) {
        return new LRASPPHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        List<Tensor> chosen = selected(levels);
        boolean align = config().alignCorners();
        Tensor coarse = chosen.getLast();
        coarse.trace().require(Requirement.atLeast(path(), new Extent(coarse.dim(2), coarse.dim(3)), WINDOW));
        Tensor x = asppConv.call(coarse).mul(imagePool.call(coarse).resizeLike(coarse, align));
        x = upInput.call(x);
        for (int i = convs.size() - 1; i >= 0; i--) {
            Tensor fine = chosen.get(i);
            x = ups.get(i)
                    .call(Tensor.concat(
                            1, List.of(x.resizeLike(fine, align), convs.get(i).call(fine))));
        }
        return classify(x);
    }
}
