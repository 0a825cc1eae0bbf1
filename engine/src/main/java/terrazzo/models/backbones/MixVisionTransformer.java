package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.graph.nn.Sequential;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.DropPath;
import terrazzo.models.blocks.EfficientMultiheadAttention;
import terrazzo.models.blocks.NormSpec;
import terrazzo.models.blocks.PatchEmbed;
import terrazzo.models.blocks.Tokens;

/// A transformer of four resolutions whose attention looks at reduced keys and whose feed-forward layers carry the
/// position ([SegFormer](https://arxiv.org/abs/2105.15203)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: stage i of `outIndices`: `[N, embedDims * numHeads[i], H/s, W/s]`, s = the strides so far
public final class MixVisionTransformer extends Backbone {

    private final Config config;
    private final List<Stage> stages;
    private final List<FeatureSpec> features = new ArrayList<>();

    /// @param inChannels channels of the image
    /// @param embedDims width of one head
    /// @param stages what differs from stage to stage
    /// @param outIndices stages whose output is a feature, from 0
    /// @param block what all blocks share
    private record Config(
            int inChannels, int embedDims, List<StageConfig> stages, List<Integer> outIndices, BlockConfig block) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            c.ignoring("pretrained", "init_cfg", "with_cp");
            int count = c.integer("num_stages", 4);
            List<Integer> layers = perStage(c, "num_layers", List.of(3, 4, 6, 3), count);
            List<Integer> heads = perStage(c, "num_heads", List.of(1, 2, 4, 8), count);
            List<Integer> patches = perStage(c, "patch_sizes", List.of(7, 3, 3, 3), count);
            List<Integer> strides = perStage(c, "strides", List.of(4, 2, 2, 2), count);
            List<Integer> reductions = perStage(c, "sr_ratios", List.of(8, 4, 2, 1), count);
            int dims = c.integer("embed_dims", 64);
            int blocks = layers.stream().mapToInt(Integer::intValue).sum();
            List<Double> rates = DropPath.rates(c.number("drop_path_rate", 0), blocks);
            List<StageConfig> stages = new ArrayList<>();
            int first = 0;
            for (int i = 0; i < count; i++) {
                List<Double> own = rates.subList(first, first + layers.get(i));
                stages.add(new StageConfig(
                        dims * heads.get(i), heads.get(i), patches.get(i), strides.get(i), reductions.get(i), own));
                first += layers.get(i);
            }
            return new Config(
                    c.integer("in_channels", 3),
                    dims,
                    stages,
                    c.ints("out_indices", List.of(0, 1, 2, 3)),
                    BlockConfig.read(c));
        }

        private static List<Integer> perStage(ConfigNode c, String key, List<Integer> otherwise, int count) {
            List<Integer> values = c.ints(key, otherwise);
            if (values.size() != count) {
                throw c.error(key, count + " numbers (num_stages)", values.toString(), "");
            }
            return values;
        }
    }

    /// @param width D of its tokens
    /// @param heads heads of its attention
    /// @param patch extent of a patch in pixels of the stage before
    /// @param stride step of the patches
    /// @param reduction how much smaller the image of keys is, along each side
    /// @param dropPaths rate of each block's [DropPath]
    private record StageConfig(int width, int heads, int patch, int stride, int reduction, List<Double> dropPaths) {}

    /// @param mlpRatio how much wider feed-forward layers are inside
    /// @param qkvBias whether the attention's projections have biases
    /// @param drop probability of dropping an element
    /// @param attentionDrop probability of dropping a weight of the attention
    /// @param norm norm of tokens
    /// @param act activation of feed-forward layers
    private record BlockConfig(
            int mlpRatio, boolean qkvBias, double drop, double attentionDrop, NormSpec norm, Optional<ActSpec> act) {

        static BlockConfig read(ConfigNode c) {
            return new BlockConfig(
                    c.integer("mlp_ratio", 4),
                    c.bool("qkv_bias", true),
                    c.number("drop_rate", 0),
                    c.number("attn_drop_rate", 0),
                    NormSpec.find(c).orElse(NormSpec.layerNorm().withEps(1e-6)),
                    ActSpec.find(c, ActSpec.GELU));
        }
    }

    private MixVisionTransformer(Config config) {
        this.config = config;
        this.stages = children("layers", config.stages.size(), i -> new Stage(config, i));
        int stride = 1;
        for (int i = 0; i < config.stages.size(); i++) {
            stride *= config.stages.get(i).stride;
            if (config.outIndices.contains(i)) {
                features.add(new FeatureSpec(config.stages.get(i).width, stride));
            }
        }
        modules().forEach(MixVisionTransformer::start);
    }

    static MixVisionTransformer read(ConfigNode c) {
        return new MixVisionTransformer(Config.read(c));
    }

    private static void start(Module part) {
        if (part instanceof Linear linear) {
            linear.weight().init(new Init.TruncatedNormal(0, 0.02, -2, 2));
            linear.bias().ifPresent(b -> b.init(Init.ZEROS));
        } else if (part instanceof Conv2d conv) {
            ConvSpec spec = conv.spec();
            double fanOut = (double) spec.kernel().area() * spec.out() / spec.groups();
            conv.weight().init(new Init.Normal(0, Math.sqrt(2 / fanOut)));
            conv.bias().ifPresent(b -> b.init(Init.ZEROS));
        }
    }

    @Override
    public List<FeatureSpec> features() {
        return List.copyOf(features);
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tensor x = img;
        List<Tensor> levels = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            x = stages.get(i).call(x);
            if (config.outIndices.contains(i)) {
                levels.add(x);
            }
        }
        return levels;
    }

    /// Patches (`0`), blocks (`1`) and a norm (`2`): image to smaller image.
    private static final class Stage extends Layer {

        private final PatchEmbed embed;
        private final List<Block> blocks;
        private final Layer norm;

        Stage(Config config, int index) {
            StageConfig stage = config.stages.get(index);
            int in = index == 0 ? config.inChannels : config.stages.get(index - 1).width;
            ConvSpec patches = ConvSpec.of(in, stage.width, stage.patch)
                    .stride(stage.stride)
                    .padding(stage.patch / 2);
            NormSpec norms = config.block.norm;
            this.embed =
                    child("0", new PatchEmbed(new PatchEmbed.Config(patches, Optional.empty(), Optional.of(norms))));
            this.blocks =
                    children("1", stage.dropPaths.size(), i -> new Block(stage, config.block, stage.dropPaths.get(i)));
            this.norm = child("2", norms.build(stage.width));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tokens tokens = embed.call(x); // [N, L, D]
            for (Block block : blocks) {
                tokens = block.call(tokens);
            }
            return tokens.with(norm.call(tokens.x())).image(); // [N, D, h, w]
        }
    }

    /// Attention and feed-forward, each beside an identity.
    private static final class Block extends Module {

        private final Layer norm1;
        private final EfficientMultiheadAttention attn;
        private final Layer norm2;
        private final MixFFN ffn;

        Block(StageConfig stage, BlockConfig config, double dropPath) {
            this.norm1 = child("norm1", config.norm.build(stage.width));
            this.attn = child(
                    "attn",
                    new EfficientMultiheadAttention(new EfficientMultiheadAttention.Config(
                            stage.width,
                            stage.heads,
                            config.qkvBias,
                            config.attentionDrop,
                            config.drop,
                            dropPath,
                            stage.reduction,
                            config.norm)));
            this.norm2 = child("norm2", config.norm.build(stage.width));
            this.ffn = child("ffn", new MixFFN(stage.width, config, dropPath));
        }

        Tokens call(Tokens x) {
            return x.with(traced(x.x(), () -> {
                Tokens seen = x.with(x.x().add(attn.call(x.with(norm1.call(x.x())))));
                return seen.x().add(ffn.call(seen.with(norm2.call(seen.x()))));
            }));
        }
    }

    /// A feed-forward layer with a 3x3 convolution inside, by which tokens know where they are.
    private static final class MixFFN extends Module {

        private final Sequential layers;
        private final DropPath dropPath;

        MixFFN(int width, BlockConfig config, double dropPath) {
            int hidden = config.mlpRatio * width;
            Layer activate = config.act.map(a -> a.build(hidden)).orElseGet(Lambda::identity);
            this.layers = child(
                    "layers",
                    Sequential.of(
                            new Conv2d(ConvSpec.of(width, hidden, 1)),
                            new Conv2d(ConvSpec.of(hidden, hidden, 3).padding(1).groups(hidden)),
                            activate,
                            new Lambda(x -> x.dropout(config.drop)),
                            new Conv2d(ConvSpec.of(hidden, width, 1)),
                            new Lambda(x -> x.dropout(config.drop))));
            this.dropPath = child("dropout_layer", new DropPath(dropPath));
        }

        Tensor call(Tokens x) {
            return within(
                    x.x(), () -> dropPath.call(Tokens.of(layers.call(x.image())).x()));
        }
    }
}
