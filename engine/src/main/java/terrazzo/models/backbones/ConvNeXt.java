package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value.DictValue;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.NormOp;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Norm;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.DropPath;
import terrazzo.models.blocks.NormSpec;

/// A convolutional network built like a transformer ([ConvNeXt](https://arxiv.org/abs/2201.03545)). Configs take it
/// from
/// MMClassification, as `mmcls.ConvNeXt`.
///
/// - in: `[N, inChannels, H, W]`
/// - out: stage i of `outIndices`: `[N, channels[i], H/s, W/s]`, s = `stemPatchSize * 2^i`
public final class ConvNeXt extends Backbone {

    private final Config config;
    private final List<Sequential> downsamples;
    private final List<Sequential> stages;
    private final List<Layer> norms = new ArrayList<>();

    /// @param inChannels channels of the image
    /// @param arch blocks and channels of each stage
    /// @param stemPatch extent of the first patches in pixels
    /// @param block what all blocks share
    /// @param dropPaths rate of each block's [DropPath]
    /// @param outIndices stages whose output is a feature, from 0
    /// @param frozenStages stages that do not learn
    private record Config(
            int inChannels,
            Arch arch,
            int stemPatch,
            BlockConfig block,
            List<Double> dropPaths,
            List<Integer> outIndices,
            int frozenStages) {

        static Config read(ConfigNode c) { // defaults: mmcls v1.0.0rc1
            c.ignoring("init_cfg");
            if (c.bool("gap_before_final_norm", true)) {
                throw c.error("gap_before_final_norm", "False", "True", "pooled features have no pixels to segment");
            }
            Arch arch = Arch.read(c);
            int blocks = arch.depths.stream().mapToInt(Integer::intValue).sum();
            List<Integer> outs = c.ints("out_indices", List.of(-1));
            return new Config(
                    c.integer("in_channels", 3),
                    arch,
                    c.integer("stem_patch_size", 4),
                    BlockConfig.read(c),
                    DropPath.rates(c.number("drop_path_rate", 0), blocks),
                    outs.stream().map(i -> i < 0 ? i + arch.depths.size() : i).toList(),
                    c.integer("frozen_stages", 0));
        }
    }

    /// @param depths blocks of each stage
    /// @param channels channels of each stage
    private record Arch(List<Integer> depths, List<Integer> channels) {

        private static final Map<String, Arch> NAMED = Map.of(
                "tiny", new Arch(List.of(3, 3, 9, 3), List.of(96, 192, 384, 768)),
                "small", new Arch(List.of(3, 3, 27, 3), List.of(96, 192, 384, 768)),
                "base", new Arch(List.of(3, 3, 27, 3), List.of(128, 256, 512, 1024)),
                "large", new Arch(List.of(3, 3, 27, 3), List.of(192, 384, 768, 1536)),
                "xlarge", new Arch(List.of(3, 3, 27, 3), List.of(256, 512, 1024, 2048)));

        static Arch read(ConfigNode c) {
            if (c.find("arch").filter(v -> v instanceof DictValue).isPresent()) {
                ConfigNode own = c.node("arch");
                Arch arch = new Arch(own.ints("depths"), own.ints("channels"));
                own.done();
                return arch;
            }
            String name = c.string("arch", "tiny");
            Arch arch = NAMED.get(name);
            if (arch == null) {
                throw c.error("arch", "'tiny', 'small', 'base', 'large', 'xlarge' or a dict", "'" + name + "'", "");
            }
            return arch;
        }
    }

    /// @param norm norm over the channels of each pixel
    /// @param act activation inside blocks
    /// @param linear whether 1x1 convolutions are kept as linear layers
    /// @param layerScale factor that each block starts with; empty for none
    private record BlockConfig(NormSpec norm, ActSpec act, boolean linear, Optional<Double> layerScale) {

        static BlockConfig read(ConfigNode c) {
            double scale = c.number("layer_scale_init_value", 1e-6);
            Optional<ConfigNode> norm = c.optionalNode("norm_cfg");
            norm.filter(n -> !n.type().equals("LN2d")).ifPresent(n -> {
                throw n.error("type", "'LN2d'", "'" + n.type() + "'", "");
            });
            double eps = norm.map(n -> n.number("eps", 1e-6)).orElse(1e-6);
            norm.ifPresent(ConfigNode::done);
            return new BlockConfig(
                    NormSpec.layerNorm().withEps(eps),
                    ActSpec.find(c, ActSpec.GELU).orElse(ActSpec.GELU),
                    c.bool("linear_pw_conv", true),
                    scale > 0 ? Optional.of(scale) : Optional.empty());
        }
    }

    private ConvNeXt(Config config) {
        this.config = config;
        List<Integer> channels = config.arch.channels;
        this.downsamples = children("downsample_layers", channels.size(), this::downsample);
        this.stages = children("stages", channels.size(), this::stage);
        for (int i = 0; i < channels.size(); i++) {
            if (config.outIndices.contains(i)) {
                norms.add(child("norm" + i, new PixelNorm(config.block.norm, channels.get(i))));
            }
        }
        for (int i = 0; i < config.frozenStages; i++) {
            for (Sequential part : List.of(downsamples.get(i), stages.get(i))) {
                part.freeze();
                part.evalOnly();
            }
        }
    }

    static ConvNeXt read(ConfigNode c) {
        return new ConvNeXt(Config.read(c));
    }

    private Sequential downsample(int index) {
        int out = config.arch.channels.get(index);
        if (index == 0) {
            ConvSpec patches =
                    ConvSpec.of(config.inChannels, out, config.stemPatch).stride(config.stemPatch);
            return Sequential.of(new Conv2d(patches), new PixelNorm(config.block.norm, out));
        }
        int in = config.arch.channels.get(index - 1);
        return Sequential.of(
                new PixelNorm(config.block.norm, in),
                new Conv2d(ConvSpec.of(in, out, 2).stride(2)));
    }

    private Sequential stage(int index) {
        int first = config.arch.depths.subList(0, index).stream()
                .mapToInt(Integer::intValue)
                .sum();
        List<Layer> blocks = new ArrayList<>();
        for (int i = 0; i < config.arch.depths.get(index); i++) {
            blocks.add(new Block(config.arch.channels.get(index), config.block, config.dropPaths.get(first + i)));
        }
        return new Sequential(blocks);
    }

    @Override
    public List<FeatureSpec> features() {
        List<FeatureSpec> features = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            if (config.outIndices.contains(i)) {
                features.add(new FeatureSpec(config.arch.channels.get(i), config.stemPatch << i));
            }
        }
        return features;
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = img;
        List<Tensor> levels = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            x = stages.get(i).call(downsamples.get(i).call(x));
            if (config.outIndices.contains(i)) {
                levels.add(norms.get(levels.size()).call(x));
            }
        }
        return levels;
    }

    /// Layer norm over the channels of each pixel of `[N, C, H, W]`; its parameters stand beside each other as those of
    /// a layer norm.
    private static final class PixelNorm extends Layer implements Norm {

        private final double eps;
        private final Parameter weight;
        private final Parameter bias;

        PixelNorm(NormSpec norm, int channels) {
            this.eps = norm.eps();
            this.weight = parameter("weight", Init.ONES, channels);
            this.bias = parameter("bias", Init.ZEROS, channels);
        }

        @Override
        protected Tensor forward(Tensor x) {
            return lastAxis(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2);
        }

        /// The same for `[N, H, W, C]`.
        Tensor lastAxis(Tensor x) {
            return x.apply(
                    new NormOp.LayerNorm(eps),
                    x.trace().weight(weight),
                    x.trace().weight(bias));
        }
    }

    /// A 7x7 convolution of each channel, then two layers over the channels of each pixel, beside an identity.
    private static final class Block extends Layer {

        private final Optional<Parameter> gamma;
        private final Conv2d depthwise;
        private final PixelNorm norm;
        private final Layer first;
        private final Layer activate;
        private final Layer second;
        private final boolean linear;
        private final DropPath dropPath;

        Block(int channels, BlockConfig config, double dropPath) {
            this.linear = config.linear;
            this.gamma = config.layerScale.map(s -> parameter("gamma", new Init.Constant(s), channels));
            this.depthwise = child(
                    "depthwise_conv",
                    new Conv2d(ConvSpec.of(channels, channels, 7).padding(3).groups(channels)));
            this.norm = child("norm", new PixelNorm(config.norm, channels));
            int wide = 4 * channels;
            this.first = child("pointwise_conv1", pixelwise(channels, wide));
            this.activate = child("act", config.act.build(wide));
            this.second = child("pointwise_conv2", pixelwise(wide, channels));
            this.dropPath = child("drop_path", new DropPath(dropPath));
        }

        private Layer pixelwise(int in, int out) {
            return linear ? new Linear(in, out, true) : new Conv2d(ConvSpec.of(in, out, 1));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = depthwise.call(x);
            if (linear) {
                Tensor last = norm.lastAxis(y.permute(0, 2, 3, 1)); // [N, H, W, C]
                y = second.call(activate.call(first.call(last))).permute(0, 3, 1, 2);
            } else {
                y = second.call(activate.call(first.call(norm.call(y))));
            }
            if (gamma.isPresent()) {
                y = y.mul(x.trace().weight(gamma.get()).unsqueeze(-1).unsqueeze(-1)); // [C, 1, 1]
            }
            return x.add(dropPath.call(y));
        }
    }
}
