package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.checkpoint.resize.Kernel;
import terrazzo.checkpoint.resize.PositionGrid;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.LayerNorm;
import terrazzo.graph.nn.Module;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.AdaptivePadding;
import terrazzo.models.blocks.DropPath;
import terrazzo.models.blocks.Interpolations;
import terrazzo.models.blocks.PatchEmbed;
import terrazzo.models.blocks.Tokens;
import terrazzo.models.blocks.TransformerEncoderLayer;

/// A plain transformer over patches ([ViT](https://arxiv.org/abs/2010.11929)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: per layer of `outIndices` `[N, embedDims, H/p, W/p]`, p = `patchSize`; with `outputClsToken` followed by as
///   many class tokens `[N, embedDims]`
public final class VisionTransformer extends Backbone {

    private final Config config;
    private final Parameter clsToken;
    private final Parameter posEmbed;
    private final PatchEmbed patchEmbed;
    private final List<TransformerEncoderLayer> layers;
    private final Optional<Layer> finalNorm;

    /// @param imgSize size in pixels that position embeddings are made for; they are resized to others
    /// @param inChannels channels of the image
    /// @param patchSize extent of a patch in pixels
    /// @param layer what all layers share
    /// @param dropPaths rate of each layer's [DropPath]
    /// @param outIndices layers whose output is a feature, from 0
    /// @param tokens what happens to the class token
    /// @param patchNorm whether patches are normalised
    /// @param finalNorm whether the last layer's output is normalised
    /// @param interpolation how position embeddings are resized
    /// @param normEval whether norms behave as in evaluation while the rest trains
    private record Config(
            Size imgSize,
            int inChannels,
            int patchSize,
            TransformerEncoderLayer.Config layer,
            List<Double> dropPaths,
            List<Integer> outIndices,
            ClassToken tokens,
            boolean patchNorm,
            boolean finalNorm,
            Interpolation interpolation,
            boolean normEval) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            c.ignoring("with_cp", "pretrained", "init_cfg");
            int count = c.integer("num_layers", 12);
            return new Config(
                    VisionTransformer.imgSize(c),
                    c.integer("in_channels", 3),
                    c.integer("patch_size", 16),
                    TransformerEncoderLayer.Config.read(c),
                    DropPath.rates(c.number("drop_path_rate", 0), count),
                    VisionTransformer.outIndices(c, count),
                    ClassToken.read(c),
                    c.bool("patch_norm", false),
                    c.bool("final_norm", false),
                    c.has("interpolate_mode") ? Interpolations.read(c, "interpolate_mode") : Interpolation.BICUBIC,
                    c.bool("norm_eval", false));
        }

        int width() {
            return layer.width();
        }

        int rows() {
            return imgSize.height() / patchSize;
        }

        int columns() {
            return imgSize.width() / patchSize;
        }
    }

    /// @param used whether layers see it
    /// @param output whether it is a feature too
    private record ClassToken(boolean used, boolean output) {

        static ClassToken read(ConfigNode c) {
            ClassToken token = new ClassToken(c.bool("with_cls_token", true), c.bool("output_cls_token", false));
            if (token.output && !token.used) {
                throw c.error("output_cls_token", "False, as with_cls_token is False", "True", "");
            }
            return token;
        }
    }

    /// Reads `img_size`: one number, or height and width.
    static Size imgSize(ConfigNode c) {
        List<Integer> size = c.ints("img_size", List.of(224));
        if (size.isEmpty() || size.size() > 2) {
            throw c.error("img_size", "a number or (height, width)", size.toString(), "");
        }
        return new Size(size.getFirst(), size.getLast());
    }

    /// Reads `out_indices`: layers from 0, or -1 for the last.
    static List<Integer> outIndices(ConfigNode c, int layers) {
        List<Integer> indices = c.ints("out_indices", List.of(-1));
        return c.isList("out_indices") || indices.getFirst() != -1 ? indices : List.of(layers - 1);
    }

    private VisionTransformer(Config config) {
        this.config = config;
        int width = config.width();
        Init narrow = new Init.TruncatedNormal(0, 0.02, -2, 2);
        this.clsToken = parameter("cls_token", narrow, 1, 1, width);
        this.posEmbed = parameter("pos_embed", narrow, 1, (long) config.rows() * config.columns() + 1, width);
        posEmbed.fit(new PositionGrid(new Size(config.rows(), config.columns()), kernel(config.interpolation)));
        int patch = config.patchSize;
        Size patchSize = new Size(patch, patch);
        this.patchEmbed = child(
                "patch_embed",
                new PatchEmbed(new PatchEmbed.Config(
                        ConvSpec.of(config.inChannels, width, patch).stride(patch),
                        Optional.of(new AdaptivePadding(patchSize, patchSize, true)),
                        config.patchNorm ? Optional.of(config.layer.norm()) : Optional.empty())));
        this.layers = children(
                "layers",
                config.dropPaths.size(),
                i -> new TransformerEncoderLayer(config.layer, config.dropPaths.get(i)));
        this.finalNorm = config.finalNorm
                ? Optional.of(
                        child(config.layer.norm().name(1), config.layer.norm().build(width)))
                : Optional.empty();
        TransformerEncoderLayer.startLinear(this);
        if (config.normEval) {
            modules().filter(LayerNorm.class::isInstance).forEach(Module::evalOnly);
        }
    }

    private static Kernel kernel(Interpolation interpolation) {
        return switch (interpolation) {
            case NEAREST -> Kernel.NEAREST;
            case BILINEAR -> Kernel.BILINEAR;
            case BICUBIC -> Kernel.BICUBIC;
        };
    }

    static VisionTransformer read(ConfigNode c) {
        return new VisionTransformer(Config.read(c));
    }

    @Override
    public List<FeatureSpec> features() {
        List<FeatureSpec> features = new ArrayList<>();
        config.outIndices.forEach(_ -> features.add(new FeatureSpec(config.width(), config.patchSize)));
        if (config.tokens.output) {
            config.outIndices.forEach(_ -> features.add(new FeatureSpec(config.width(), 0)));
        }
        return features;
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tokens patches = patchEmbed.call(img); // [N, L, D]
        Tensor first = img.trace().weight(clsToken).expand(Shape.of(img.dim(0), Dim.ONE, Dim.of(config.width())));
        Tensor x = Tensor.concat(1, List.of(first, patches.x())) // [N, 1 + L, D]
                .add(positions(img.trace().weight(posEmbed), patches))
                .dropout(config.layer.drop());
        if (!config.tokens.used) {
            x = withoutFirst(x);
        }
        List<Tensor> maps = new ArrayList<>();
        List<Tensor> tokens = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).call(x);
            if (i == layers.size() - 1 && finalNorm.isPresent()) {
                x = finalNorm.get().call(x);
            }
            if (config.outIndices.contains(i)) {
                maps.add(patches.with(config.tokens.used ? withoutFirst(x) : x).image());
                tokens.add(x.select(1, 0));
            }
        }
        if (config.tokens.output) {
            maps.addAll(tokens);
        }
        return maps;
    }

    /// Position embeddings for the image's rows and columns of patches: `[1, 1 + L, D]`.
    // mmseg: leaves them as they are for images of other sides but the same number of patches
    private Tensor positions(Tensor embed, Tokens patches) {
        Tensor first = embed.slice(1, 0, 1);
        Tensor grid = withoutFirst(embed)
                .reshape(Shape.of(1, config.rows(), config.columns(), config.width()))
                .permute(0, 3, 1, 2) // [1, D, rows, columns]
                .resize(config.interpolation, patches.h(), patches.w(), false);
        return Tensor.concat(1, List.of(first, grid.flatten(2).transpose(1, 2)));
    }

    private static Tensor withoutFirst(Tensor tokens) {
        return tokens.slice(1, Dim.ONE, tokens.dim(1));
    }
}
