package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.checkpoint.resize.Kernel;
import terrazzo.checkpoint.resize.OffsetTable;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ShapeOp;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.AdaptivePadding;
import terrazzo.models.blocks.DropPath;
import terrazzo.models.blocks.FFN;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PatchEmbed;
import terrazzo.models.blocks.RelativePositions;
import terrazzo.models.blocks.Tokens;
import terrazzo.models.blocks.TransformerEncoderLayer;
import terrazzo.models.blocks.Windows;

/// A transformer of several resolutions whose attention stays within windows, which shift from block to block
/// ([Swin](https://arxiv.org/abs/2103.14030)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: stage i of `outIndices`: `[N, embedDims * 2^i, H/s, W/s]`, s = the strides so far
public final class SwinTransformer extends Backbone {

    private final Config config;
    private final PatchEmbed patchEmbed;
    private final Optional<Parameter> absolutePosEmbed;
    private final List<Stage> stages;
    private final List<Layer> norms = new ArrayList<>();
    private final List<FeatureSpec> features = new ArrayList<>();

    /// @param pretrainSize size in pixels that absolute position embeddings are made for; empty where there are none
    /// @param inChannels channels of the image
    /// @param stages what differs from stage to stage
    /// @param outIndices stages whose output is a feature, from 0
    /// @param block what all blocks share
    /// @param patchNorm whether patches are normalised
    /// @param frozenStages stages that do not learn, counted from the patches (0); -1 for none
    private record Config(
            Optional<Size> pretrainSize,
            int inChannels,
            List<StageConfig> stages,
            List<Integer> outIndices,
            BlockConfig block,
            boolean patchNorm,
            int frozenStages) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            c.ignoring("with_cp", "pretrained", "init_cfg");
            List<Integer> pretrain = c.ints("pretrain_img_size", List.of(224));
            Size pretrainSize = new Size(pretrain.getFirst(), pretrain.getLast());
            return new Config(
                    c.bool("use_abs_pos_embed", false) ? Optional.of(pretrainSize) : Optional.empty(),
                    c.integer("in_channels", 3),
                    StageConfig.read(c),
                    c.ints("out_indices", List.of(0, 1, 2, 3)),
                    BlockConfig.read(c),
                    c.bool("patch_norm", true),
                    c.integer("frozen_stages", -1));
        }
    }

    /// @param width D of its tokens
    /// @param heads heads of its attention
    /// @param stride how much smaller its image is than the one before
    /// @param dropPaths rate of each block's [DropPath]
    private record StageConfig(int width, int heads, int stride, List<Double> dropPaths) {

        static List<StageConfig> read(ConfigNode c) {
            List<Integer> depths = c.ints("depths", List.of(2, 2, 6, 2));
            List<Integer> heads = c.ints("num_heads", List.of(3, 6, 12, 24));
            List<Integer> strides = c.ints("strides", List.of(4, 2, 2, 2));
            if (heads.size() != depths.size() || strides.size() != depths.size()) {
                throw c.error("num_heads", depths.size() + " heads and strides (depths)", heads.toString(), "");
            }
            int patch = c.integer("patch_size", 4);
            if (strides.getFirst() != patch) {
                throw c.error("patch_size", strides.getFirst() + " (strides)", Integer.toString(patch), "");
            }
            int width = c.integer("embed_dims", 96);
            int blocks = depths.stream().mapToInt(Integer::intValue).sum();
            List<Double> rates = DropPath.rates(c.number("drop_path_rate", 0.1), blocks);
            List<StageConfig> stages = new ArrayList<>();
            int first = 0;
            for (int i = 0; i < depths.size(); i++) {
                int next = first + depths.get(i);
                stages.add(new StageConfig(width << i, heads.get(i), strides.get(i), rates.subList(first, next)));
                first = next;
            }
            return stages;
        }
    }

    /// @param window extent of the windows in tokens
    /// @param mlpRatio how much wider feed-forward layers are inside
    /// @param qkvBias whether the attention's projections have biases
    /// @param qkScale what products are multiplied with; empty for 1 by the root of a head's width
    /// @param drop probability of dropping an element in training
    /// @param attentionDrop probability of dropping a weight of the attention in training
    /// @param act activation of feed-forward layers
    /// @param norm norm of tokens
    private record BlockConfig(
            int window,
            double mlpRatio,
            boolean qkvBias,
            Optional<Double> qkScale,
            double drop,
            double attentionDrop,
            ActSpec act,
            NormSpec norm) {

        static BlockConfig read(ConfigNode c) {
            return new BlockConfig(
                    c.integer("window_size", 7),
                    c.number("mlp_ratio", 4),
                    c.bool("qkv_bias", true),
                    c.has("qk_scale") ? Optional.of(c.number("qk_scale")) : Optional.empty(),
                    c.number("drop_rate", 0),
                    c.number("attn_drop_rate", 0),
                    ActSpec.find(c, ActSpec.GELU).orElse(ActSpec.GELU),
                    NormSpec.find(c).orElseGet(NormSpec::layerNorm));
        }

        int shift() {
            return Math.floorDiv(window, 2);
        }
    }

    private SwinTransformer(Config config) {
        this.config = config;
        StageConfig first = config.stages.getFirst();
        Size patch = new Size(first.stride, first.stride);
        this.absolutePosEmbed = config.pretrainSize.map(size -> {
            long patches = (long) (size.height() / first.stride) * (size.width() / first.stride);
            return parameter("absolute_pos_embed", new Init.TruncatedNormal(0, 0.02, -2, 2), 1, patches, first.width);
        });
        this.patchEmbed = child(
                "patch_embed",
                new PatchEmbed(new PatchEmbed.Config(
                        ConvSpec.of(config.inChannels, first.width, first.stride)
                                .stride(first.stride),
                        Optional.of(new AdaptivePadding(patch, patch, true)),
                        config.patchNorm ? Optional.of(config.block.norm) : Optional.empty())));
        this.stages = children("stages", config.stages.size(), i -> new Stage(config, i));
        int stride = 1;
        for (int i = 0; i < config.stages.size(); i++) {
            StageConfig stage = config.stages.get(i);
            stride *= stage.stride;
            if (config.outIndices.contains(i)) {
                norms.add(child("norm" + i, config.block.norm.build(stage.width)));
                features.add(new FeatureSpec(stage.width, stride));
            }
        }
        TransformerEncoderLayer.startLinear(this);
        freezeStages();
    }

    private void freezeStages() {
        if (config.frozenStages < 0) {
            return;
        }
        absolutePosEmbed.ifPresent(Parameter::freeze);
        patchEmbed.freeze();
        patchEmbed.evalOnly();
        for (int i = 0; i < config.frozenStages; i++) {
            stages.get(i).freeze();
            stages.get(i).evalOnly();
            if (config.outIndices.contains(i)) {
                norms.get(config.outIndices.indexOf(i)).freeze();
            }
        }
    }

    static SwinTransformer read(ConfigNode c) {
        return new SwinTransformer(Config.read(c));
    }

    @Override
    public List<FeatureSpec> features() {
        return List.copyOf(features);
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tokens x = patchEmbed.call(img); // [N, L, D]
        if (absolutePosEmbed.isPresent()) {
            x = x.with(x.x().add(img.trace().weight(absolutePosEmbed.get())));
        }
        x = x.with(x.x().dropout(config.block.drop));
        List<Tensor> levels = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            x = stages.get(i).call(x);
            if (config.outIndices.contains(i)) {
                Layer norm = norms.get(levels.size());
                levels.add(x.with(norm.call(x.x())).image());
            }
            x = stages.get(i).down(x);
        }
        return levels;
    }

    /// Blocks at one resolution, every second one with shifted windows, then a step down.
    private static final class Stage extends Module {

        private final BlockConfig config;
        private final List<Block> blocks;
        private final Optional<PatchMerging> downsample;

        Stage(Config config, int index) {
            this.config = config.block;
            StageConfig stage = config.stages.get(index);
            this.blocks = children("blocks", stage.dropPaths.size(), i -> new Block(stage, config.block, i));
            this.downsample = index + 1 < config.stages.size()
                    ? Optional.of(child(
                            "downsample", new PatchMerging(stage.width, config.stages.get(index + 1).stride, config)))
                    : Optional.empty();
        }

        Tokens call(Tokens x) {
            return x.with(traced(x.x(), () -> {
                Windows windows = Windows.over(x, config.window);
                Tensor mask = shiftMask(x.x(), windows);
                Tokens y = x;
                for (Block block : blocks) {
                    y = y.with(block.call(y, windows, mask));
                }
                return y.x();
            }));
        }

        /// The next resolution; the same where there is none.
        Tokens down(Tokens x) {
            return downsample.map(d -> d.call(x)).orElse(x);
        }

        /// -100 between tokens that only the shift brought into one window, else 0: `[windows, 1, area, area]`.
        private Tensor shiftMask(Tensor like, Windows windows) {
            Tensor rows = bands(like, windows.paddedH());
            Tensor columns = bands(like, windows.paddedW());
            Tensor region = rows.mul(3).unsqueeze(1).add(columns.unsqueeze(0)); // [H, W]
            return windows.separation(region, -100).unsqueeze(1);
        }

        /// 0 for what stays clear of the edge, 1 for the last window, 2 for what the shift moves into it.
        private Tensor bands(Tensor like, Dim size) {
            int shift = config.shift();
            return Tensor.concat(
                    0,
                    List.of(
                            like.full(Shape.of(size.minus(config.window)), 0, DType.FLOAT32),
                            like.full(Shape.of(config.window - shift), 1, DType.FLOAT32),
                            like.full(Shape.of(shift), 2, DType.FLOAT32)));
        }
    }

    /// Attention within windows and feed-forward, each beside an identity.
    private static final class Block extends Module {

        private final Layer norm1;
        private final ShiftedAttention attn;
        private final Layer norm2;
        private final FFN ffn;

        Block(StageConfig stage, BlockConfig config, int index) {
            double dropPath = stage.dropPaths.get(index);
            int hidden = (int) (config.mlpRatio * stage.width);
            this.norm1 = child("norm1", config.norm.build(stage.width));
            int shift = index % 2 == 0 ? 0 : config.shift();
            this.attn = child("attn", new ShiftedAttention(new WindowAttention(stage, config), shift, dropPath));
            this.norm2 = child("norm2", config.norm.build(stage.width));
            this.ffn = child("ffn", new FFN(new FFN.Config(stage.width, hidden, 2, config.act, config.drop, dropPath)));
        }

        Tensor call(Tokens x, Windows windows, Tensor mask) {
            return traced(x.x(), () -> {
                Tensor seen = x.x().add(attn.call(x.with(norm1.call(x.x())), windows, mask));
                return seen.add(ffn.call(norm2.call(seen)));
            });
        }
    }

    /// Attention within windows that are moved by some tokens up and left.
    private static final class ShiftedAttention extends Module {

        private final WindowAttention attention;
        private final int shift;
        private final DropPath drop;

        ShiftedAttention(WindowAttention attention, int shift, double dropPath) {
            this.attention = child("w_msa", attention);
            this.shift = shift;
            this.drop = child("drop", new DropPath(dropPath));
        }

        Tensor call(Tokens x, Windows windows, Tensor mask) {
            return traced(x.x(), () -> {
                Tensor image = windows.padded(x); // [N, H, W, D]
                boolean shifts = shift > 0;
                Tensor moved = shifts ? image.roll(List.of(-shift, -shift), List.of(1, 2)) : image;
                Tensor seen = attention.call(windows.split(moved), shifts ? Optional.of(mask) : Optional.empty());
                Tensor joined = windows.join(seen);
                Tensor back = shifts ? joined.roll(List.of(shift, shift), List.of(1, 2)) : joined;
                return drop.call(windows.cropped(back));
            });
        }
    }

    /// Attention among the tokens of each window: `[N, windows, area, D]` to the same.
    private static final class WindowAttention extends Module {

        private final int heads;
        private final BlockConfig config;
        private final Parameter table;
        private final Parameter index;
        private final Linear qkv;
        private final Linear proj;

        WindowAttention(StageConfig stage, BlockConfig config) {
            this.heads = stage.heads;
            this.config = config;
            RelativePositions positions = new RelativePositions(new Size(config.window, config.window));
            long area = positions.window().area();
            this.table = parameter(
                    "relative_position_bias_table", new Init.TruncatedNormal(0, 0.02, -2, 2), positions.count(), heads);
            table.fit(new OffsetTable(positions.window(), 0, Kernel.BICUBIC));
            this.index =
                    buffer("relative_position_index", DType.INT64, new Init.Computed(positions::between), area, area);
            this.qkv = child("qkv", new Linear(stage.width, stage.width * 3, config.qkvBias));
            this.proj = child("proj", new Linear(stage.width, stage.width, true));
        }

        /// @param mask what is added to the products: `[windows, 1, area, area]`
        Tensor call(Tensor x, Optional<Tensor> mask) {
            return traced(x, () -> {
                int width = x.dim(3).intValue() / heads;
                Tensor all = qkv.call(x)
                        .reshape(x.dim(0), x.dim(1), x.dim(2), Dim.of(3), Dim.of(heads), Dim.of(width))
                        .permute(3, 0, 1, 4, 2, 5); // [3, N, windows, heads, area, d]
                double scale = config.qkScale.orElse(1 / Math.sqrt(width));
                Tensor bias = RelativePositions.biases(
                        x.trace().weight(table), x.trace().weight(index));
                Tensor products = all.select(0, 0)
                        .mul(scale)
                        .matmul(all.select(0, 1).transpose(-2, -1))
                        .add(mask.map(bias::add).orElse(bias));
                Tensor weights = products.softmax(-1).dropout(config.attentionDrop);
                Tensor seen = weights.matmul(all.select(0, 2)).permute(0, 1, 3, 2, 4);
                return proj.call(seen.reshape(x.shape())).dropout(config.drop);
            });
        }
    }

    /// Neighbouring tokens as one that is wider.
    private static final class PatchMerging extends Module {

        private final Size window;
        private final Size stride;
        private final Optional<Layer> norm;
        private final Linear reduction;

        PatchMerging(int width, int stride, Config config) {
            this.window = new Size(2, 2);
            this.stride = new Size(stride, stride);
            int sampled = 4 * width;
            this.norm =
                    config.patchNorm ? Optional.of(child("norm", config.block.norm.build(sampled))) : Optional.empty();
            this.reduction = child("reduction", new Linear(sampled, 2 * width, false));
        }

        Tokens call(Tokens x) {
            Tensor image = new AdaptivePadding(window, stride, true).pad(x.image());
            Size one = new Size(1, 1);
            Tensor patches = image.apply(new ShapeOp.Unfold(window, one, new Size(0, 0), stride))
                    .transpose(1, 2); // [N, L, 4D]
            Tensor y = reduction.call(norm.isPresent() ? norm.get().call(patches) : patches);
            Dim h = image.dim(2)
                    .minus(window.height())
                    .floorDiv(stride.height())
                    .plus(1);
            Dim w = image.dim(3).minus(window.width()).floorDiv(stride.width()).plus(1);
            return new Tokens(y, h, w);
        }
    }
}
