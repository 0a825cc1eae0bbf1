package terrazzo.models.heads;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Linear;
import terrazzo.models.DecodeHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.DropPath;
import terrazzo.models.blocks.Tokens;
import terrazzo.models.blocks.TransformerEncoderLayer;

/// A transformer over patches and one token per class; logits are how alike a patch and a class are
/// ([Segmenter](https://arxiv.org/abs/2105.05633)).
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
public final class SegmenterMaskTransformerHead extends DecodeHead {

    private static final double EPS = 1e-12;

    private final Config config;
    private final Parameter clsEmb;
    private final List<TransformerEncoderLayer> layers;
    private final Linear decProj;
    private final Linear patchProj;
    private final Linear classesProj;
    private final Layer decoderNorm;
    private final Layer maskNorm;

    /// @param head what every head says
    /// @param layer what all layers share
    /// @param dropPaths rate of each layer's [DropPath]
    /// @param initStd spread of the numbers to start with
    public record Config(
            DecodeHead.Config head, TransformerEncoderLayer.Config layer, List<Double> dropPaths, double initStd) {

        static Config read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
            DecodeHead.Config head = DecodeHead.Config.read(c, parts);
            return new Config(
                    head,
                    TransformerEncoderLayer.Config.of(c, c.integer("embed_dims"), c.integer("num_heads")),
                    DropPath.rates(c.number("drop_path_rate", 0.1), c.integer("num_layers")),
                    c.number("init_std", 0.02));
        }
    }

    public SegmenterMaskTransformerHead(Config config) {
        super(config.head, false);
        this.config = config;
        int width = config.layer.width();
        int classes = config.head.numClasses();
        Init narrow = new Init.TruncatedNormal(0, config.initStd, -2, 2);
        this.clsEmb = parameter("cls_emb", narrow, 1, classes, width);
        this.layers = children(
                "layers",
                config.dropPaths.size(),
                i -> new TransformerEncoderLayer(config.layer, config.dropPaths.get(i)));
        this.decProj = child("dec_proj", new Linear(config.head.inputChannels(), width, true));
        this.patchProj = child("patch_proj", new Linear(width, width, false));
        this.classesProj = child("classes_proj", new Linear(width, width, false));
        this.decoderNorm = child("decoder_norm", config.layer.norm().build(width));
        this.maskNorm = child("mask_norm", config.layer.norm().build(classes));
        TransformerEncoderLayer.startLinear(this);
    }

    static SegmenterMaskTransformerHead read(ConfigNode c, Parts parts) {
        return new SegmenterMaskTransformerHead(Config.read(c, parts));
    }

    @Override
    protected Tensor forward(List<Tensor> levels) {
        Tokens patches = Tokens.of(input(levels)); // [N, L, C]
        Dim classes = Dim.of(config.head.numClasses());
        Dim count = patches.x().dim(1);
        Tensor tokens = patches.x()
                .trace()
                .weight(clsEmb)
                .expand(Shape.of(patches.x().dim(0), classes, Dim.of(config.layer.width())));
        Tensor x = Tensor.concat(1, List.of(decProj.call(patches.x()), tokens)); // [N, L + K, D]
        for (TransformerEncoderLayer layer : layers) {
            x = layer.call(x);
        }
        x = decoderNorm.call(x);
        Tensor pixels = unit(patchProj.call(x.slice(1, Dim.ZERO, count)));
        Tensor kinds = unit(classesProj.call(x.slice(1, count, count.plus(classes))));
        Tensor masks = maskNorm.call(pixels.matmul(kinds.transpose(1, 2))); // [N, L, K]
        return patches.with(masks).image();
    }

    private static Tensor unit(Tensor tokens) {
        Tensor length = tokens.mul(tokens).reduceKeep(ReduceKind.SUM, 2).unary(UnaryKind.SQRT);
        return tokens.div(length.clamp(EPS, Double.POSITIVE_INFINITY));
    }
}
