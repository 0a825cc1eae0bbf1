package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.checkpoint.resize.Kernel;
import terrazzo.checkpoint.resize.OffsetTable;
import terrazzo.checkpoint.resize.PositionGrid;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.ShapeException;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.MatrixOp;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.LayerNorm;
import terrazzo.graph.nn.Linear;
import terrazzo.graph.nn.Module;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.DropPath;
import terrazzo.models.blocks.FFN;
import terrazzo.models.blocks.PatchEmbed;
import terrazzo.models.blocks.RelativePositions;
import terrazzo.models.blocks.Tokens;
import terrazzo.models.blocks.TransformerEncoderLayer;

/// A plain transformer whose attention knows how far patches are apart ([BEiT](https://arxiv.org/abs/2106.08254)), and
/// its variant with position embeddings besides ([MAE](https://arxiv.org/abs/2111.06377)). The tables of distances fix
/// the size of the image.
///
/// - in: `[N, inChannels, H, W]`, H and W as `imgSize` says (less than a patch may be left over)
/// - out: per layer of `outIndices` `[N, embedDims, H/p, W/p]`, p = `patchSize`
public final class BEiT extends Backbone {

    private final Config config;
    private final Parameter clsToken;
    private final Optional<Parameter> posEmbed;
    private final PatchEmbed patchEmbed;
    private final List<Block> layers;
    private final Optional<Layer> finalNorm;

    /// @param imgSize size in pixels that the tables are made for
    /// @param inChannels channels of the image
    /// @param patchSize extent of a patch in pixels
    /// @param layer what all layers share
    /// @param dropPaths rate of each layer's [DropPath]
    /// @param outIndices layers whose output is a feature, from 0
    /// @param style what BEiT and MAE do differently
    /// @param patchNorm whether patches are normalised
    /// @param finalNorm whether the last layer's output is normalised
    /// @param normEval whether norms behave as in evaluation while the rest trains
    /// @param initValues factor that each branch starts with
    private record Config(
            Size imgSize,
            int inChannels,
            int patchSize,
            TransformerEncoderLayer.Config layer,
            List<Double> dropPaths,
            List<Integer> outIndices,
            Style style,
            boolean patchNorm,
            boolean finalNorm,
            boolean normEval,
            double initValues) {

        static Config read(ConfigNode c, Style style) { // defaults: mmseg v1.0.0rc0
            c.ignoring("pretrained", "init_cfg");
            int count = c.integer("num_layers", 12);
            return new Config(
                    VisionTransformer.imgSize(c),
                    c.integer("in_channels", 3),
                    c.integer("patch_size", 16),
                    TransformerEncoderLayer.Config.read(c),
                    DropPath.rates(c.number("drop_path_rate", 0), count),
                    VisionTransformer.outIndices(c, count),
                    style,
                    c.bool("patch_norm", false),
                    c.bool("final_norm", false),
                    c.bool("norm_eval", false),
                    c.number("init_values", 0.1));
        }

        int width() {
            return layer.width();
        }

        Size window() {
            return new Size(imgSize.height() / patchSize, imgSize.width() / patchSize);
        }
    }

    /// The biases of queries, keys and values.
    private enum Bias {
        NONE,
        QUERIES_AND_VALUES,
        ALL
    }

    /// @param bias which projections have biases
    /// @param positions whether position embeddings are added to the patches
    private record Style(Bias bias, boolean positions) {}

    private BEiT(Config config) {
        this.config = config;
        int width = config.width();
        Init narrow = new Init.TruncatedNormal(0, 0.02, -2, 2);
        this.clsToken = parameter("cls_token", narrow, 1, 1, width);
        this.posEmbed = config.style.positions
                ? Optional.of(
                        parameter("pos_embed", Init.ZEROS, 1, config.window().area() + 1, width))
                : Optional.empty();
        posEmbed.ifPresent(p -> p.fit(new PositionGrid(config.window(), Kernel.BICUBIC)));
        int patch = config.patchSize;
        this.patchEmbed = child(
                "patch_embed",
                new PatchEmbed(new PatchEmbed.Config(
                        ConvSpec.of(config.inChannels, width, patch).stride(patch),
                        Optional.empty(),
                        config.patchNorm ? Optional.of(config.layer.norm()) : Optional.empty())));
        this.layers = children("layers", config.dropPaths.size(), i -> new Block(config, config.dropPaths.get(i)));
        this.finalNorm = config.finalNorm
                ? Optional.of(
                        child(config.layer.norm().name(1), config.layer.norm().build(width)))
                : Optional.empty();
        TransformerEncoderLayer.startLinear(this);
        if (config.normEval) {
            modules().filter(LayerNorm.class::isInstance).forEach(Module::evalOnly);
        }
    }

    static BEiT read(ConfigNode c) {
        Bias bias = c.bool("qv_bias", true) ? Bias.QUERIES_AND_VALUES : Bias.NONE;
        return new BEiT(Config.read(c, new Style(bias, false)));
    }

    static BEiT mae(ConfigNode c) {
        return new BEiT(Config.read(c, new Style(Bias.ALL, true)));
    }

    @Override
    public List<FeatureSpec> features() {
        return config.outIndices.stream()
                .map(_ -> new FeatureSpec(config.width(), config.patchSize))
                .toList();
    }

    @Override
    public Optional<Size> inputSize() {
        return Optional.of(config.imgSize);
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tokens patches = patchEmbed.call(img); // [N, L, D]
        Size window = config.window();
        if (patches.h().differsFrom(Dim.of(window.height())) || patches.w().differsFrom(Dim.of(window.width()))) {
            throw new ShapeException(Complaint.at("")
                    .expected("an image of " + config.imgSize.height() + "x" + config.imgSize.width() + " (img_size)")
                    .got(img.dim(2) + "x" + img.dim(3))
                    .advice("resize it, or slide a window of that size"));
        }
        Tensor first = img.trace().weight(clsToken).expand(Shape.of(img.dim(0), Dim.ONE, Dim.of(config.width())));
        Tensor x = Tensor.concat(1, List.of(first, patches.x())); // [N, 1 + L, D]
        if (posEmbed.isPresent()) {
            x = x.add(img.trace().weight(posEmbed.get()));
        }
        List<Tensor> maps = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).call(x);
            if (i == layers.size() - 1 && finalNorm.isPresent()) {
                x = finalNorm.get().call(x);
            }
            if (config.outIndices.contains(i)) {
                maps.add(patches.with(x.slice(1, Dim.ONE, x.dim(1))).image());
            }
        }
        return maps;
    }

    /// Attention and feed-forward, each scaled by a learned factor per channel.
    private static final class Block extends Layer {

        private final Parameter gamma1;
        private final Parameter gamma2;
        private final Layer norm1;
        private final Attention attn;
        private final Layer norm2;
        private final FFN ffn;
        private final DropPath dropPath;

        Block(Config config, double dropPath) {
            int width = config.width();
            Init start = new Init.Constant(config.initValues);
            this.gamma1 = parameter("gamma_1", start, width);
            this.gamma2 = parameter("gamma_2", start, width);
            this.norm1 = child(config.layer.norm().name(1), config.layer.norm().build(width));
            this.attn = child("attn", new Attention(config));
            this.norm2 = child(config.layer.norm().name(2), config.layer.norm().build(width));
            this.ffn = child("ffn", config.layer.ffn(0));
            this.dropPath = child("drop_path", new DropPath(dropPath));
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor seen = attn.call(norm1.call(x)).mul(x.trace().weight(gamma1));
            Tensor y = x.add(dropPath.call(seen));
            Tensor thought = ffn.call(norm2.call(y)).mul(x.trace().weight(gamma2));
            return y.add(dropPath.call(thought));
        }
    }

    /// Attention with a bias per head and relative position: `[N, 1 + L, D]` to the same.
    private static final class Attention extends Layer {

        private final Config config;
        private final List<Parameter> biases = new ArrayList<>();
        private final Parameter table;
        private final Parameter index;
        private final Linear qkv;
        private final Linear proj;

        Attention(Config config) {
            this.config = config;
            int width = config.width();
            if (config.style.bias == Bias.QUERIES_AND_VALUES) {
                biases.add(parameter("q_bias", Init.ZEROS, width));
                biases.add(parameter("v_bias", Init.ZEROS, width));
            }
            RelativePositions positions = new RelativePositions(config.window());
            Init start = config.style.positions ? Init.ZEROS : new Init.TruncatedNormal(0, 0.02, -2, 2);
            this.table =
                    parameter("relative_position_bias_table", start, positions.countWithClass(), config.layer.heads());
            table.fit(new OffsetTable(config.window(), RelativePositions.CLASS_ROWS, Kernel.GEOMETRIC));
            long tokens = config.window().area() + 1;
            this.index = buffer(
                    "relative_position_index", DType.INT64, new Init.Computed(positions::withClass), tokens, tokens);
            this.qkv = child("qkv", new Linear(width, width * 3, config.style.bias == Bias.ALL));
            this.proj = child("proj", new Linear(width, width, true));
        }

        @Override
        protected Tensor forward(Tensor x) {
            int heads = config.layer.heads();
            int width = config.width() / heads;
            Tensor all = projected(x)
                    .reshape(x.dim(0), x.dim(1), Dim.of(3), Dim.of(heads), Dim.of(width))
                    .permute(2, 0, 3, 1, 4); // [3, N, h, L, d]
            Tensor q = all.select(0, 0);
            Tensor k = all.select(0, 1);
            Tensor v = all.select(0, 2);
            Tensor bias =
                    RelativePositions.biases(x.trace().weight(table), x.trace().weight(index)); // [h, L, L]
            double scale = 1 / Math.sqrt(width);
            double drop = config.layer.attentionDrop();
            Tensor y = x.trace().isTraining() && drop > 0
                    ? q.mul(scale)
                            .matmul(k.transpose(-2, -1))
                            .add(bias)
                            .softmax(-1)
                            .dropout(drop)
                            .matmul(v)
                    : q.attend(k, v, bias.unsqueeze(0), scale);
            return proj.call(y.permute(0, 2, 1, 3).reshape(x.shape()));
        }

        private Tensor projected(Tensor x) {
            if (biases.isEmpty()) {
                return qkv.call(x);
            }
            Tensor q = x.trace().weight(biases.getFirst());
            Tensor v = x.trace().weight(biases.getLast());
            Tensor bias = Tensor.concat(0, List.of(q, q.zerosLike(), v));
            return x.apply(new MatrixOp.Linear(), x.trace().weight(qkv.weight()), bias);
        }
    }
}
