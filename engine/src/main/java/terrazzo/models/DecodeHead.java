package terrazzo.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Module;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;

/// A network that turns features into class logits, and knows the losses that train it. Subclasses build features in
/// [#forward(List)] and end with [#classify(Tensor)], whose convolution is `conv_seg` in every checkpoint.
public abstract class DecodeHead extends Module {

    /// What float32's epsilon stands for in the reference's accuracy: no division by 0 when all pixels are ignored.
    private static final double EPS = 1.1920928955078125e-7;

    private final Config config;
    private final Optional<Conv2d> convSeg;

    protected DecodeHead(Config config) {
        this(config, true);
    }

    /// @param classifies whether the head has a `conv_seg`
    protected DecodeHead(Config config, boolean classifies) {
        this.config = config;
        this.convSeg = classifies
                ? Optional.of(child("conv_seg", new Conv2d(ConvSpec.of(config.channels, config.numClasses, 1))))
                : Optional.empty();
        convSeg.ifPresent(conv -> {
            conv.weight().init(new Init.Normal(0, 0.01));
            conv.bias().ifPresent(b -> b.init(Init.ZEROS));
        });
    }

    /// How several input levels come together.
    public enum InputTransform {
        /// One level, chosen by `in_index`.
        SELECT,
        /// Several levels, resized to the first and concatenated.
        RESIZE_CONCAT,
        /// Several levels as they are.
        MULTIPLE_SELECT
    }

    /// What every head's config says.
    ///
    /// @param inChannels channels of each level that goes in
    /// @param inIndex which of the backbone's or neck's levels those are; negative counts from the end
    /// @param inputTransform how they come together
    /// @param channels width of the head
    /// @param numClasses classes to tell apart
    /// @param dropoutRatio probability of dropping a channel before `conv_seg`
    /// @param norm norm of its convolutions, if any
    /// @param act activation of its convolutions, if any
    /// @param losses losses to train with
    /// @param sampler which pixels the losses look at; all where empty
    /// @param ignoreIndex class index that does not count
    /// @param alignCorners how logits are resized
    public record Config(
            List<Integer> inChannels,
            List<Integer> inIndex,
            InputTransform inputTransform,
            int channels,
            int numClasses,
            double dropoutRatio,
            Optional<NormSpec> norm,
            Optional<ActSpec> act,
            List<Loss> losses,
            Optional<PixelSampler> sampler,
            int ignoreIndex,
            boolean alignCorners) {

        /// Reads the keys that all heads share.
        public static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            return read(c, parts, c.string("input_transform", "select"));
        }

        /// The same for heads that fix `input_transform` themselves.
        ///
        /// @param transform `select`, `resize_concat` or `multiple_select`
        public static Config read(ConfigNode c, Parts parts, String transform) {
            c.ignoring("init_cfg", "input_transform");
            PlainConvolutions.require(c);
            return new Config(
                    c.ints("in_channels"),
                    c.ints("in_index", List.of(-1)),
                    switch (transform) {
                        case "select" -> InputTransform.SELECT;
                        case "resize_concat" -> InputTransform.RESIZE_CONCAT;
                        case "multiple_select" -> InputTransform.MULTIPLE_SELECT;
                        default ->
                            throw c.error(
                                    "input_transform",
                                    "None, 'resize_concat' or 'multiple_select'",
                                    "'" + transform + "'",
                                    "");
                    },
                    c.integer("channels"),
                    c.integer("num_classes"),
                    c.number("dropout_ratio", 0.1),
                    NormSpec.find(c),
                    ActSpec.find(c),
                    losses(c, parts),
                    c.optionalNode("sampler").map(n -> parts.samplers().build(n, parts)),
                    c.integer("ignore_index", 255),
                    c.bool("align_corners", false));
        }

        private static List<Loss> losses(ConfigNode c, Parts parts) {
            List<ConfigNode> nodes = c.nodes("loss_decode");
            if (nodes.isEmpty()) {
                return List.of(
                        parts.losses().build(ConfigNode.ofType("CrossEntropyLoss", c.path() + ".loss_decode"), parts));
            }
            return nodes.stream().map(n -> parts.losses().build(n, parts)).toList();
        }

        /// Channels after the input transform: the only level's, or the sum of those concatenated.
        public int inputChannels() {
            return inputTransform == InputTransform.RESIZE_CONCAT
                    ? inChannels.stream().mapToInt(Integer::intValue).sum()
                    : inChannels.getFirst();
        }
    }

    /// What the config says.
    public final Config config() {
        return config;
    }

    /// Refuses levels that do not have the channels that the config says.
    ///
    /// @param node the head's config, for messages
    /// @param levels what the backbone or neck gives
    public final void check(ConfigNode node, List<FeatureSpec> levels, String source) {
        for (int i = 0; i < config.inIndex.size(); i++) {
            int index = config.inIndex.get(i);
            int level = index < 0 ? index + levels.size() : index;
            if (level < 0 || level >= levels.size()) {
                throw node.error(
                        "in_index", "below " + levels.size() + " (" + source + ")", Integer.toString(index), "");
            }
            int channels = levels.get(level).channels();
            if (i < config.inChannels.size() && config.inChannels.get(i) != channels) {
                throw node.error(
                        "in_channels",
                        channels + " (" + source + ", level " + level + ")",
                        config.inChannels.get(i).toString(),
                        "");
            }
        }
    }

    /// Logits `[N, K, h, w]` at the head's own stride.
    public final Tensor call(List<Tensor> levels) {
        return traced(levels.getFirst(), () -> forward(levels));
    }

    protected abstract Tensor forward(List<Tensor> levels);

    /// Logits resized to `h` by `w`, the size of the image that went in.
    public Tensor predict(List<Tensor> levels, Dim h, Dim w) {
        return resized(call(levels), h, w);
    }

    /// Losses and accuracy by name.
    ///
    /// @param label class indices `[N, H, W]` int64
    public Map<String, Tensor> loss(List<Tensor> levels, Tensor label) {
        return lossByFeat(call(levels), label);
    }

    /// The losses of logits at any stride, and the accuracy in percent as `acc_seg`.
    protected final Map<String, Tensor> lossByFeat(Tensor logits, Tensor label) {
        return within(logits, () -> {
            Tensor large = resized(logits, label.dim(1), label.dim(2)); // [N, K, H, W]
            Loss.Pixels all = new Loss.Pixels(large, label, Optional.empty(), config.ignoreIndex);
            Optional<Tensor> weight = config.sampler.map(s -> s.sample(all, config.losses));
            Loss.Pixels pixels = new Loss.Pixels(large, label, weight, config.ignoreIndex);
            Map<String, Tensor> losses = new LinkedHashMap<>();
            for (Loss loss : config.losses) {
                losses.merge(loss.name(), loss.call(pixels), Tensor::add);
            }
            losses.put("acc_seg", accuracy(pixels));
            return losses;
        });
    }

    /// The levels that the config chooses.
    protected final List<Tensor> selected(List<Tensor> levels) {
        List<Tensor> chosen = new ArrayList<>();
        for (int index : config.inIndex) {
            chosen.add(levels.get(index < 0 ? index + levels.size() : index));
        }
        return chosen;
    }

    /// The chosen level, or the chosen levels as one: `[N, inputChannels, H, W]`.
    protected final Tensor input(List<Tensor> levels) {
        List<Tensor> chosen = selected(levels);
        Tensor first = chosen.getFirst();
        return config.inputTransform == InputTransform.RESIZE_CONCAT
                ? Tensor.concat(
                        1,
                        chosen.stream()
                                .map(x -> x.resizeLike(first, config.alignCorners))
                                .toList())
                : first;
    }

    /// `[N, channels, H, W]` to logits `[N, K, H, W]`, channels dropped in training.
    protected final Tensor classify(Tensor features) {
        return convSeg().call(dropped(features));
    }

    /// Features with some channels dropped in training, as before a classifier.
    protected final Tensor dropped(Tensor features) {
        return features.featureDropout(config.dropoutRatio);
    }

    /// The classifier.
    ///
    /// @throws IllegalStateException when the head has none
    protected final Conv2d convSeg() {
        return convSeg.orElseThrow(() -> new IllegalStateException("this head has no conv_seg"));
    }

    /// A convolution with the head's norm and activation, padded so that sizes stay.
    protected final ConvModule.Spec conv(int in, int out, int kernel) {
        return ConvModule.of(in, out, kernel)
                .padding(kernel / 2)
                .norm(config.norm)
                .act(config.act);
    }

    /// Bilinear, as the config's `align_corners` says.
    protected final Tensor resized(Tensor x, Dim h, Dim w) {
        return x.resize(Interpolation.BILINEAR, h, w, config.alignCorners);
    }

    private static Tensor accuracy(Loss.Pixels pixels) {
        Tensor valid = pixels.valid();
        Tensor right = pixels.logits()
                .detach()
                .argMax(1)
                .binary(BinaryKind.EQ, pixels.label())
                .and(valid);
        Tensor rightCount = right.to(DType.FLOAT32).sum().add(EPS);
        Tensor count = valid.to(DType.FLOAT32).sum().add(EPS);
        return rightCount.mul(100).div(count);
    }
}
