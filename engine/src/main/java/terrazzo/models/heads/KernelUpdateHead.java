package terrazzo.models.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.ir.ShapeOp;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.ModuleList;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.EfficientMultiheadAttention;
import terrazzo.models.blocks.FFN;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;
import terrazzo.models.blocks.Rescale;

/// One round of [K-Net](https://arxiv.org/abs/2106.14855): features gathered under each class's mask change the class's
/// kernel, kernels look at each other, and new masks come of them.
///
/// - in: features `[N, C, H, W]`, kernels `[N, K, C, k, k]`, masks `[N, K, H, W]`
/// - out: masks `[N, K, H, W]` and kernels `[N, K, C, k, k]`
public final class KernelUpdateHead extends Module {

    private final Config config;
    private final EfficientMultiheadAttention attention;
    private final Layer attentionNorm;
    private final KernelUpdator kernelUpdate;
    private final Optional<ConvModule> featTransform;
    private final Optional<FFN> ffn;
    private final Optional<Layer> ffnNorm;
    private final List<Layer> maskFcs;
    private final Linear fcMask;

    /// @param channels C, and the channels of the kernels that make the masks
    /// @param kernelSize k, extent of the kernels in pixels
    /// @param heads heads of the attention between kernels
    /// @param dropout probability of dropping in attention and feed-forward layers
    /// @param transform what happens to the features first, if anything
    /// @param ffn the feed-forward part, if there is one
    /// @param maskFcs layers before the masks' kernels
    /// @param act activation of those
    /// @param kernelInit whether the masks' kernels start narrow
    /// @param maskStride 2 if masks are made at half the size
    /// @param gatherStride step of the transform of the features
    /// @param updator how kernels change
    public record Config(
            Channels channels,
            int kernelSize,
            int heads,
            double dropout,
            Optional<Transform> transform,
            Optional<FFN.Config> ffn,
            int maskFcs,
            ActSpec act,
            boolean kernelInit,
            int maskStride,
            int gatherStride,
            KernelUpdator.Config updator) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            if (!c.type().equals("KernelUpdateHead")) {
                throw c.error("type", "'KernelUpdateHead'", "'" + c.type() + "'", "");
            }
            c.ignoring("num_classes");
            int in = c.integer("in_channels", 256);
            double dropout = c.number("dropout", 0);
            ActSpec ffnAct = c.optionalNode("ffn_act_cfg").map(ActSpec::read).orElse(ActSpec.RELU);
            FFN.Config ffn = new FFN.Config(
                    in,
                    c.integer("feedforward_channels", 2048),
                    c.integer("num_ffn_fcs", 2),
                    ffnAct,
                    // mmcv: the name dropout means ffn_drop
                    dropout,
                    0);
            Config config = new Config(
                    new Channels(in, c.integer("out_channels", 256)),
                    c.integer("conv_kernel_size", 1),
                    c.integer("num_heads", 8),
                    dropout,
                    c.optionalNode("feat_transform_cfg").map(Transform::read),
                    c.bool("with_ffn", true) ? Optional.of(ffn) : Optional.empty(),
                    c.integer("num_mask_fcs", 3),
                    ActSpec.find(c).orElse(ActSpec.RELU),
                    c.bool("kernel_init", false),
                    c.integer("mask_transform_stride", 1),
                    c.integer("feat_gather_stride", 1),
                    KernelUpdator.Config.read(c.node("kernel_updator_cfg")));
            c.done();
            return config;
        }
    }

    private record Channels(int in, int out) {}

    private record Transform(int kernelSize, Optional<NormSpec> norm, Optional<ActSpec> act) {

        static Transform read(ConfigNode c) {
            PlainConvolutions.require(c);
            Transform transform = new Transform(c.integer("kernel_size", 1), NormSpec.find(c), ActSpec.find(c));
            c.done();
            return transform;
        }
    }

    public KernelUpdateHead(Config config) {
        this.config = config;
        int in = config.channels.in;
        int whole = in * config.kernelSize * config.kernelSize;
        NormSpec norm = NormSpec.layerNorm();
        this.attention = child(
                "attention",
                new EfficientMultiheadAttention(new EfficientMultiheadAttention.Config(
                        whole, config.heads, true, config.dropout, 0, 0, 1, norm)));
        this.attentionNorm = child("attention_norm", norm.build(whole));
        this.kernelUpdate = child("kernel_update_conv", new KernelUpdator(config.updator));
        int stride = config.gatherStride;
        this.featTransform = config.transform.map(t -> child(
                "feat_transform",
                ConvModule.of(in, in, t.kernelSize)
                        .stride(stride)
                        .padding(Math.floorDiv(stride, 2))
                        .norm(t.norm)
                        .act(t.act)
                        .build()));
        this.ffn = config.ffn.map(f -> child("ffn", new FFN(f)));
        this.ffnNorm = ffn.map(_ -> child("ffn_norm", norm.build(in)));
        List<Layer> fcs = new ArrayList<>();
        for (int i = 0; i < config.maskFcs; i++) {
            fcs.add(new Linear(in, in, false));
            fcs.add(norm.build(in));
            fcs.add(config.act.build(in));
        }
        this.maskFcs = child("mask_fcs", ModuleList.of(fcs)).items();
        this.fcMask = child("fc_mask", new Linear(in, config.channels.out, true));
        start();
    }

    private void start() {
        for (Parameter p : state()) {
            if (p.kind() == Parameter.Kind.LEARNABLE && p.shape().rank() > 1) {
                p.init(Init.xavierUniform(p.shape()));
            }
        }
        if (config.kernelInit) {
            fcMask.weight().init(new Init.Normal(0, 0.01));
        }
    }

    static KernelUpdateHead read(ConfigNode c) {
        return new KernelUpdateHead(Config.read(c));
    }

    /// @param masks `[N, K, H, W]`
    /// @param kernels `[N, K, C, k, k]`
    public record Round(Tensor masks, Tensor kernels) {}

    public Round call(Tensor features, Round before) {
        return within(features, () -> {
            Tensor x = featTransform.isPresent() ? featTransform.get().call(features) : features;
            Tensor shares = before.masks
                    .resize(Interpolation.BILINEAR, x.dim(2), x.dim(3), false)
                    .softmax(1);
            Tensor gathered = shares.flatten(2).matmul(x.flatten(2).transpose(1, 2)); // [N, K, C]
            Tensor kernels = updated(gathered, before.kernels); // [N, K, k*k, C]
            return new Round(masks(x, kernels), kernels.transpose(2, 3).reshape(before.kernels.shape()));
        });
    }

    private Tensor updated(Tensor gathered, Tensor kernels) {
        Dim n = kernels.dim(0);
        Dim k = kernels.dim(1);
        Dim cells = Dim.of((long) config.kernelSize * config.kernelSize);
        Dim channels = Dim.of(config.channels.in);
        Tensor changed = kernelUpdate.call(
                gathered, kernels.reshape(n, k, channels, cells).transpose(2, 3));
        Tensor flat = changed.reshape(n, k, cells.times(channels)); // one vector per class
        Tensor seen = attentionNorm.call(flat.add(attention.call(flat))).reshape(n, k, cells, channels);
        return ffn.isPresent() && ffnNorm.isPresent()
                ? ffnNorm.get().call(seen.add(ffn.get().call(seen)))
                : seen;
    }

    private Tensor masks(Tensor features, Tensor kernels) {
        Tensor y = kernels;
        for (Layer layer : maskFcs) {
            y = layer.call(y);
        }
        Tensor weights = fcMask.call(y).transpose(2, 3).flatten(2); // [N, K, C*k*k]
        boolean halves = config.maskStride == 2 && config.gatherStride == 1;
        Tensor x = halves ? Rescale.by(0.5).apply(features) : features;
        Size size = new Size(config.kernelSize, config.kernelSize);
        int around = Math.floorDiv(config.kernelSize, 2);
        Size one = new Size(1, 1);
        Tensor pixels = config.kernelSize == 1
                ? x.flatten(2)
                : x.apply(new ShapeOp.Unfold(size, one, new Size(around, around), one)); // [N, C*k*k, L]
        Tensor masks = weights.matmul(pixels).reshape(x.dim(0), kernels.dim(1), x.dim(2), x.dim(3));
        return config.maskStride == 2 ? Rescale.by(2, false).apply(masks) : masks;
    }
}
