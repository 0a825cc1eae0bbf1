package terrazzo.models.necks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.Size;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PoolOp;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.models.FeatureSpec;
import terrazzo.models.Neck;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.ConvModule;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PlainConvolutions;

/// Feature pyramid: each level gets what the smaller ones know ([paper](https://arxiv.org/abs/1612.03144)).
///
/// - in: levels `[N, inChannels[i], H/2^i, W/2^i]`, largest first
/// - out: `numOuts` levels `[N, outChannels, ...]`, from `startLevel` on; extra ones at half the last one's size
public final class FPN extends Neck {

    private final Config config;
    private final List<ConvModule> laterals;
    private final List<ConvModule> convs;

    /// Where levels beyond the backbone's come from.
    enum Extra {
        /// Every second pixel of the last output.
        POOLED,
        /// A convolution of the last level that goes in.
        ON_INPUT,
        /// A convolution of the last lateral.
        ON_LATERAL,
        /// A convolution of the last output.
        ON_OUTPUT
    }

    /// @param inChannels channels of each level that goes in
    /// @param outChannels channels of each level that comes out
    /// @param numOuts levels that come out
    /// @param startLevel first level used
    /// @param endLevel level after the last one used
    /// @param extra where levels beyond that come from
    /// @param reluBeforeExtra whether extra levels see rectified features
    /// @param lateralNorm norm of the laterals, if any
    /// @param norm norm of the outputs, if any
    /// @param act activation of both, if any
    public record Config(
            List<Integer> inChannels,
            int outChannels,
            int numOuts,
            int startLevel,
            int endLevel,
            Extra extra,
            boolean reluBeforeExtra,
            Optional<NormSpec> lateralNorm,
            Optional<NormSpec> norm,
            Optional<ActSpec> act) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            PlainConvolutions.require(c);
            c.ignoring("init_cfg");
            c.optionalNode("upsample_cfg").ifPresent(Config::checkUpsample);
            List<Integer> in = c.ints("in_channels");
            int start = c.integer("start_level", 0);
            int end = c.integer("end_level", -1);
            int outs = c.integer("num_outs");
            int used = (end == -1 ? in.size() : end) - start;
            if (end > in.size() || outs < used || (end != -1 && outs != used)) {
                throw c.error("num_outs", used + " levels (in_channels, start_level, end_level)", outs + "", "");
            }
            Optional<NormSpec> norm = NormSpec.find(c);
            return new Config(
                    in,
                    c.integer("out_channels"),
                    outs,
                    start,
                    start + used,
                    extra(c),
                    c.bool("relu_before_extra_convs", false),
                    c.bool("no_norm_on_lateral", false) ? Optional.empty() : norm,
                    norm,
                    c.optionalNode("act_cfg").map(ActSpec::read));
        }

        private static void checkUpsample(ConfigNode c) {
            String mode = c.string("mode", "nearest");
            if (!mode.equals("nearest")) {
                throw c.error("mode", "'nearest'", "'" + mode + "'", "");
            }
            c.done();
        }

        private static Extra extra(ConfigNode c) {
            boolean onInput = c.bool("extra_convs_on_inputs", false);
            String source = c.find("add_extra_convs")
                    .map(v -> v instanceof Value.Str(var text)
                            ? text
                            : c.bool("add_extra_convs", false) ? (onInput ? "on_input" : "on_output") : "")
                    .orElse("");
            return switch (source) {
                case "" -> Extra.POOLED;
                case "on_input" -> Extra.ON_INPUT;
                case "on_lateral" -> Extra.ON_LATERAL;
                case "on_output" -> Extra.ON_OUTPUT;
                default ->
                    throw c.error(
                            "add_extra_convs",
                            "True, False, 'on_input', 'on_lateral' or 'on_output'",
                            "'" + source + "'",
                            "");
            };
        }

        int used() {
            return endLevel - startLevel;
        }
    }

    public FPN(Config config) {
        this.config = config;
        int out = config.outChannels;
        this.laterals = children(
                "lateral_convs",
                config.used(),
                i -> build(ConvModule.of(config.inChannels.get(config.startLevel + i), out, 1)
                        .norm(config.lateralNorm)));
        int outputs = config.extra == Extra.POOLED ? config.used() : config.numOuts;
        this.convs = children("fpn_convs", outputs, i -> {
            boolean first = i == config.used() && config.extra == Extra.ON_INPUT;
            int in = first ? config.inChannels.get(config.endLevel - 1) : out;
            return build(ConvModule.of(in, out, 3)
                    .padding(1)
                    .stride(i < config.used() ? 1 : 2)
                    .norm(config.norm));
        });
    }

    static FPN read(ConfigNode c) {
        return new FPN(Config.read(c));
    }

    private ConvModule build(ConvModule.Spec spec) {
        ConvModule conv = spec.act(config.act).build();
        conv.conv().weight().init(Init.xavierUniform(conv.conv().weight().shape()));
        return conv;
    }

    @Override
    protected List<Integer> inChannels() {
        return config.inChannels;
    }

    @Override
    public List<FeatureSpec> features(List<FeatureSpec> inputs) {
        List<FeatureSpec> outs = new ArrayList<>();
        for (int i = 0; i < config.numOuts; i++) {
            int stride = i < config.used()
                    ? inputs.get(config.startLevel + i).stride()
                    : outs.getLast().stride() * 2;
            outs.add(new FeatureSpec(config.outChannels, stride));
        }
        return outs;
    }

    @Override
    protected List<Tensor> forward(List<Tensor> levels) {
        List<Tensor> pyramid = new ArrayList<>(); // each [N, outChannels, H/2^i, W/2^i]
        for (int i = 0; i < config.used(); i++) {
            pyramid.add(laterals.get(i).call(levels.get(config.startLevel + i)));
        }
        for (int i = config.used() - 1; i > 0; i--) {
            Tensor below = pyramid.get(i - 1);
            pyramid.set(
                    i - 1, below.add(pyramid.get(i).resize(Interpolation.NEAREST, below.dim(2), below.dim(3), false)));
        }
        List<Tensor> outs = new ArrayList<>();
        for (int i = 0; i < config.used(); i++) {
            outs.add(convs.get(i).call(pyramid.get(i)));
        }
        for (int i = config.used(); i < config.numOuts; i++) {
            Tensor source = i > config.used()
                    ? rectified(outs.getLast())
                    : switch (config.extra) {
                        case ON_INPUT -> levels.get(config.endLevel - 1);
                        case ON_LATERAL -> pyramid.getLast();
                        case ON_OUTPUT, POOLED -> outs.getLast();
                    };
            outs.add(
                    config.extra == Extra.POOLED
                            ? everySecondPixel(outs.getLast())
                            : convs.get(i).call(source));
        }
        return outs;
    }

    private Tensor rectified(Tensor x) {
        return config.reluBeforeExtra ? x.relu() : x;
    }

    private static Tensor everySecondPixel(Tensor x) {
        return x.apply(new PoolOp.MaxPool2d(new Size(1, 1), new Size(2, 2), new Size(0, 0), false));
    }
}
