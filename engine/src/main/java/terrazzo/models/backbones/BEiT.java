package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.checkpoint.resize.Kernel;
import terrazzo.checkpoint.resize.OffsetTable;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.MatrixOp;
import terrazzo.graph.ir.Requirement;
import terrazzo.graph.ir.Requirement.Extent;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.models.blocks.DropPath;
import terrazzo.models.blocks.FFN;
import terrazzo.models.blocks.RelativePositions;
import terrazzo.models.blocks.Tokens;

/// A plain transformer whose attention knows how far patches are apart ([BEiT](https://arxiv.org/abs/2106.08254)), and
/// its variant with position embeddings besides ([MAE](https://arxiv.org/abs/2111.06377)). The tables of distances fix
/// the size of the image.
///
/// - in: `[N, inChannels, H, W]`, H and W as `imgSize` says (less than a patch may be left over)
/// - out: per layer of `outIndices` `[N, embedDims, H/p, W/p]`, p = `patchSize`
public final class BEiT extends PlainTransformer {

    private final Config config;

    /// The biases of queries, keys and values.
    private enum Bias {
        NONE,
        QUERIES_AND_VALUES,
        ALL
    }

    /// @param bias which projections have biases
    /// @param positions whether position embeddings are added to the patches
    /// @param initValues factor that each branch starts with
    private record Style(Bias bias, boolean positions, double initValues) {

        static Style read(ConfigNode c, Bias bias, boolean positions) { // defaults: mmseg v1.0.0rc0
            return new Style(bias, positions, c.number("init_values", 0.1));
        }
    }

    private BEiT(Config config, Style style) {
        super(
                config,
                new Kind(
                        style.positions ? Optional.of(new Positions(Init.ZEROS, Kernel.BICUBIC)) : Optional.empty(),
                        Optional.empty(),
                        i -> new Block(config, style, config.dropPaths().get(i))));
        this.config = config;
    }

    static BEiT read(ConfigNode c) {
        Bias bias = c.bool("qv_bias", true) ? Bias.QUERIES_AND_VALUES : Bias.NONE;
        return new BEiT(Config.read(c), Style.read(c, bias, false));
    }

    static BEiT mae(ConfigNode c) {
        return new BEiT(Config.read(c), Style.read(c, Bias.ALL, true));
    }

    @Override
    public Optional<Size> inputSize() {
        return Optional.of(config.imgSize());
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tokens patches = patches(img); // [N, L, D]
        Size size = config.imgSize();
        Complaint refusal = Complaint.at("")
                .expected("an image of " + size.height() + "x" + size.width() + " (img_size)")
                .advice("resize it, or slide a window of that size");
        img.trace()
                .require(Requirement.exactly(
                        refusal,
                        new Extent(patches.h(), patches.w()),
                        config.grid(),
                        new Extent(img.dim(2), img.dim(3))));
        Tensor tokens = withClass(patches.x()); // [N, 1 + L, D]
        Tensor x = positions(img).map(tokens::add).orElse(tokens);
        return layered(x).stream()
                .map(f -> patches.with(withoutClass(f)).image())
                .toList();
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

        Block(Config config, Style style, double dropPath) {
            int width = config.width();
            Init start = new Init.Constant(style.initValues);
            this.gamma1 = parameter("gamma_1", start, width);
            this.gamma2 = parameter("gamma_2", start, width);
            this.norm1 =
                    child(config.layer().norm().name(1), config.layer().norm().build(width));
            this.attn = child("attn", new Attention(config, style));
            this.norm2 =
                    child(config.layer().norm().name(2), config.layer().norm().build(width));
            this.ffn = child("ffn", config.layer().ffn(0));
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

        Attention(Config config, Style style) {
            this.config = config;
            int width = config.width();
            if (style.bias == Bias.QUERIES_AND_VALUES) {
                biases.add(parameter("q_bias", Init.ZEROS, width));
                biases.add(parameter("v_bias", Init.ZEROS, width));
            }
            RelativePositions positions = new RelativePositions(config.grid());
            Init start = style.positions ? Init.ZEROS : new Init.TruncatedNormal(0, 0.02, -2, 2);
            this.table = parameter(
                    "relative_position_bias_table",
                    start,
                    positions.countWithClass(),
                    config.layer().heads());
            table.fit(new OffsetTable(config.grid(), RelativePositions.CLASS_ROWS, Kernel.GEOMETRIC));
            long tokens = config.grid().area() + 1;
            this.index = buffer(
                    "relative_position_index", DType.INT64, new Init.Computed(positions::withClass), tokens, tokens);
            this.qkv = child("qkv", new Linear(width, width * 3, style.bias == Bias.ALL));
            this.proj = child("proj", new Linear(width, width, true));
        }

        @Override
        protected Tensor forward(Tensor x) {
            int heads = config.layer().heads();
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
            double drop = config.layer().attentionDrop();
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
