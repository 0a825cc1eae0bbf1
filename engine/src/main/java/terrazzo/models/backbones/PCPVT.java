package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.ModuleList;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.AdaptivePadding;
import terrazzo.models.blocks.DropPath;
import terrazzo.models.blocks.EfficientMultiheadAttention;
import terrazzo.models.blocks.FFN;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PatchEmbed;
import terrazzo.models.blocks.Tokens;
import terrazzo.models.blocks.TransformerEncoderLayer;
import terrazzo.models.blocks.Windows;

/// The two transformers of [Twins](https://arxiv.org/abs/2104.13840): PCPVT attends to reduced keys, SVT also, in every
/// second block, within windows. A convolution after the first block of each stage tells tokens where they are.
///
/// - in: `[N, inChannels, H, W]`
/// - out: stage i of `outIndices`: `[N, embedDims[i], H/s, W/s]`, s = the strides so far
public final class PCPVT extends Backbone {

    private final Config config;
    private final List<PatchEmbed> patchEmbeds;
    private final List<List<Block>> layers = new ArrayList<>();
    private final List<PositionEncoding> positionEncodings;
    private final List<Layer> norms;

    /// @param inChannels channels of the image
    /// @param stages what differs from stage to stage
    /// @param outIndices stages whose output is a feature, from 0
    /// @param block what all blocks share
    /// @param normAfterStage whether each stage ends with a norm
    private record Config(
            int inChannels,
            List<StageConfig> stages,
            List<Integer> outIndices,
            BlockConfig block,
            boolean normAfterStage) {

        static Config read(ConfigNode c, boolean windows) { // defaults: mmseg v1.0.0rc0
            c.ignoring("pretrained", "init_cfg");
            return new Config(
                    c.integer("in_channels", 3),
                    StageConfig.read(c, windows),
                    c.ints("out_indices", List.of(0, 1, 2, 3)),
                    BlockConfig.read(c),
                    c.bool("norm_after_stage", windows));
        }
    }

    /// @param width D of its tokens
    /// @param heads heads of its attention
    /// @param mlpRatio how much wider its feed-forward layers are inside
    /// @param patch extent of a patch in pixels of the stage before
    /// @param stride step of the patches
    /// @param reduction how much smaller the image of keys is, along each side
    /// @param window extent of a window in tokens; 0 for attention to all in every block
    /// @param dropPaths rate of each block's [DropPath]
    private record StageConfig(
            int width,
            int heads,
            int mlpRatio,
            int patch,
            int stride,
            int reduction,
            int window,
            List<Double> dropPaths) {

        static List<StageConfig> read(ConfigNode c, boolean windows) {
            List<Integer> depths = c.ints("depths", windows ? List.of(4, 4, 4) : List.of(3, 4, 6, 3));
            int count = depths.size();
            List<Integer> widths =
                    perStage(c, "embed_dims", windows ? List.of(64, 128, 256) : List.of(64, 128, 256, 512), count);
            List<Integer> heads = perStage(c, "num_heads", windows ? List.of(1, 2, 4) : List.of(1, 2, 4, 8), count);
            List<Integer> ratios = perStage(c, "mlp_ratios", windows ? List.of(4, 4, 4) : List.of(4, 4, 4, 4), count);
            List<Integer> patches = perStage(c, "patch_sizes", List.of(4, 2, 2, 2), count);
            List<Integer> strides = perStage(c, "strides", List.of(4, 2, 2, 2), count);
            List<Integer> reductions =
                    perStage(c, "sr_ratios", windows ? List.of(4, 2, 1) : List.of(8, 4, 2, 1), count);
            // mmseg: the key is misspelt there, and so in every config
            List<Integer> sizes = windows ? perStage(c, "windiow_sizes", List.of(7, 7, 7), count) : List.of();
            int blocks = depths.stream().mapToInt(Integer::intValue).sum();
            List<Double> rates = DropPath.rates(c.number("drop_path_rate", windows ? 0.2 : 0), blocks);
            List<StageConfig> stages = new ArrayList<>();
            int first = 0;
            for (int i = 0; i < count; i++) {
                stages.add(new StageConfig(
                        widths.get(i),
                        heads.get(i),
                        ratios.get(i),
                        patches.get(i),
                        strides.get(i),
                        reductions.get(i),
                        windows ? sizes.get(i) : 0,
                        rates.subList(first, first + depths.get(i))));
                first += depths.get(i);
            }
            return stages;
        }

        private static List<Integer> perStage(ConfigNode c, String key, List<Integer> otherwise, int count) {
            List<Integer> values = c.ints(key, otherwise);
            if (values.size() < count) {
                throw c.error(key, count + " numbers (depths)", values.toString(), "");
            }
            return values;
        }
    }

    /// @param qkvBias whether the attention's projections have biases
    /// @param drop probability of dropping an element in training
    /// @param attentionDrop probability of dropping a weight of the attention in training
    /// @param norm norm of patches and of stages
    private record BlockConfig(boolean qkvBias, double drop, double attentionDrop, NormSpec norm) {

        static BlockConfig read(ConfigNode c) {
            return new BlockConfig(
                    c.bool("qkv_bias", false),
                    c.number("drop_rate", 0),
                    c.number("attn_drop_rate", 0),
                    NormSpec.find(c).orElseGet(NormSpec::layerNorm));
        }
    }

    private PCPVT(Config config) {
        this.config = config;
        int count = config.stages.size();
        this.patchEmbeds = children("patch_embeds", count, i -> {
            StageConfig stage = config.stages.get(i);
            int in = i == 0 ? config.inChannels : config.stages.get(i - 1).width;
            Size patch = new Size(stage.patch, stage.patch);
            Size stride = new Size(stage.stride, stage.stride);
            return new PatchEmbed(new PatchEmbed.Config(
                    ConvSpec.of(in, stage.width, stage.patch).stride(stage.stride),
                    Optional.of(new AdaptivePadding(patch, stride, true)),
                    Optional.of(config.block.norm)));
        });
        List<ModuleList<Block>> blocks = children("layers", count, i -> {
            StageConfig stage = config.stages.get(i);
            return new ModuleList<>(stage.dropPaths.size(), j -> new Block(stage, config.block, j));
        });
        blocks.forEach(list -> layers.add(list.items()));
        this.positionEncodings =
                children("position_encodings", count, i -> new PositionEncoding(config.stages.get(i).width));
        this.norms = config.normAfterStage
                ? children("norm_list", count, i -> config.block.norm.build(config.stages.get(i).width))
                : List.of();
        modules().forEach(PCPVT::start);
    }

    static PCPVT read(ConfigNode c) {
        return new PCPVT(Config.read(c, false));
    }

    static PCPVT svt(ConfigNode c) {
        return new PCPVT(Config.read(c, true));
    }

    private static void start(Module part) {
        if (part instanceof Linear) {
            TransformerEncoderLayer.startLinear(part);
        } else if (part instanceof Conv2d conv) {
            ConvSpec spec = conv.spec();
            double fanOut = (double) spec.kernel().area() * spec.out() / spec.groups();
            conv.weight().init(new Init.Normal(0, Math.sqrt(2 / fanOut)));
            conv.bias().ifPresent(b -> b.init(Init.ZEROS));
        }
    }

    @Override
    public List<FeatureSpec> features() {
        List<FeatureSpec> features = new ArrayList<>();
        int stride = 1;
        for (int i = 0; i < config.stages.size(); i++) {
            stride *= config.stages.get(i).stride;
            if (config.outIndices.contains(i)) {
                features.add(new FeatureSpec(config.stages.get(i).width, stride));
            }
        }
        return features;
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = img;
        List<Tensor> levels = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            Tokens tokens = patchEmbeds.get(i).call(x); // [N, L, D]
            tokens = tokens.with(tokens.x().dropout(config.block.drop));
            for (int j = 0; j < layers.get(i).size(); j++) {
                tokens = layers.get(i).get(j).call(tokens);
                tokens = j == 0 ? Tokens.of(positionEncodings.get(i).call(tokens.image())) : tokens;
            }
            x = (norms.isEmpty() ? tokens : tokens.with(norms.get(i).call(tokens.x()))).image();
            if (config.outIndices.contains(i)) {
                levels.add(x);
            }
        }
        return levels;
    }

    /// A convolution of each channel beside an identity: `[N, D, h, w]` to the same.
    private static final class PositionEncoding extends Layer {

        private final Conv2d proj;

        PositionEncoding(int width) {
            this.proj = child(
                    "proj", new Conv2d(ConvSpec.of(width, width, 3).padding(1).groups(width)));
        }

        @Override
        protected Tensor forward(Tensor x) {
            return proj.call(x).add(x);
        }
    }

    /// Attention and feed-forward, each beside an identity.
    private static final class Block extends Module {

        private final Layer norm1;
        private final Attention attn;
        private final Layer norm2;
        private final FFN ffn;
        private final DropPath dropPath;

        /// Either kind of attention.
        @FunctionalInterface
        private interface Attention {
            Tensor call(Tokens x);
        }

        Block(StageConfig stage, BlockConfig config, int index) {
            int width = stage.width;
            double rate = stage.dropPaths.get(index);
            NormSpec norm = NormSpec.layerNorm();
            this.norm1 = child("norm1", norm.build(width));
            this.attn = stage.window > 0 && index % 2 == 0
                    ? child("attn", new WindowAttention(stage, config))::call
                    : child(
                            "attn",
                            new EfficientMultiheadAttention(new EfficientMultiheadAttention.Config(
                                    width,
                                    stage.heads,
                                    config.qkvBias,
                                    config.attentionDrop,
                                    config.drop,
                                    rate,
                                    stage.reduction,
                                    config.norm)))::call;
            this.norm2 = child("norm2", norm.build(width));
            int hidden = stage.mlpRatio * width;
            this.ffn = child("ffn", new FFN(new FFN.Config(width, hidden, 2, ActSpec.GELU, config.drop, rate)));
            // mmseg: drops paths here and, again, within the parts
            this.dropPath = child("drop_path", new DropPath(rate));
        }

        Tokens call(Tokens x) {
            return x.with(traced(x.x(), () -> {
                Tensor seen = x.x().add(dropPath.call(attn.call(x.with(norm1.call(x.x())))));
                return seen.add(dropPath.call(ffn.call(norm2.call(seen))));
            }));
        }
    }

    /// Attention among the tokens of each window.
    private static final class WindowAttention extends Module {

        private final StageConfig stage;
        private final BlockConfig config;
        private final Linear qkv;
        private final Linear proj;

        WindowAttention(StageConfig stage, BlockConfig config) {
            this.stage = stage;
            this.config = config;
            this.qkv = child("qkv", new Linear(stage.width, stage.width * 3, config.qkvBias));
            this.proj = child("proj", new Linear(stage.width, stage.width, true));
        }

        Tensor call(Tokens tokens) {
            return traced(tokens.x(), () -> {
                Windows windows = Windows.over(tokens, stage.window);
                Tensor x = windows.split(windows.padded(tokens)); // [N, windows, area, D]
                int width = stage.width / stage.heads;
                Tensor all = qkv.call(x)
                        .reshape(x.dim(0), x.dim(1), x.dim(2), Dim.of(3), Dim.of(stage.heads), Dim.of(width))
                        .permute(3, 0, 1, 4, 2, 5); // [3, N, windows, heads, area, d]
                Tensor weights = all.select(0, 0)
                        .matmul(all.select(0, 1).transpose(-2, -1))
                        .mul(1 / Math.sqrt(width))
                        .add(padMask(x, windows))
                        .softmax(-1)
                        .dropout(config.attentionDrop);
                Tensor seen = weights.matmul(all.select(0, 2)).permute(0, 1, 3, 2, 4);
                Tensor joined = windows.cropped(windows.join(seen.reshape(x.shape())));
                return proj.call(joined).dropout(config.drop);
            });
        }

        /// -1000 between the image and the zeros around it, else 0: `[windows, 1, area, area]`.
        // mmseg: marks everything where one side needs no zeros, so that then nothing is kept apart
        private static Tensor padMask(Tensor like, Windows windows) {
            Tensor rows = padded(like, windows.h(), windows.paddedH(), windows.size());
            Tensor columns = padded(like, windows.w(), windows.paddedW(), windows.size());
            Tensor zeros = rows.unsqueeze(1).binary(BinaryKind.MAXIMUM, columns.unsqueeze(0)); // [H, W]
            return windows.separation(zeros, -1000).unsqueeze(1);
        }

        /// 1 for zeros, 0 for the image; 1 for all where there are no zeros.
        private static Tensor padded(Tensor like, Dim size, Dim padded, int window) {
            Dim hasZeros = padded.minus(size).ceilDiv(window); // 0 or 1
            Dim image = size.times(hasZeros);
            return Tensor.concat(
                    0,
                    List.of(
                            like.full(Shape.of(image), 0, DType.FLOAT32),
                            like.full(Shape.of(padded.minus(image)), 1, DType.FLOAT32)));
        }
    }
}
