package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import terrazzo.checkpoint.resize.Kernel;
import terrazzo.checkpoint.resize.PositionGrid;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.LayerNorm;
import terrazzo.graph.nn.Module;
import terrazzo.models.Backbone;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.AdaptivePadding;
import terrazzo.models.blocks.DropPath;
import terrazzo.models.blocks.PatchEmbed;
import terrazzo.models.blocks.Tokens;
import terrazzo.models.blocks.TransformerEncoderLayer;

/// Patches and a class token that go through layers of one kind and one width: what [VisionTransformer] and [BEiT]
/// share.
///
/// - in: `[N, inChannels, H, W]`
/// - out: per layer of `outIndices` `[N, embedDims, H/p, W/p]`, p = `patchSize`
abstract sealed class PlainTransformer extends Backbone permits BEiT, VisionTransformer {

    private final Config config;
    private final Parameter clsToken;
    private final Optional<Parameter> posEmbed;
    private final PatchEmbed patchEmbed;
    private final List<Layer> layers;
    private final Optional<Layer> finalNorm;

    /// @param imgSize size in pixels that position embeddings or tables are made for
    /// @param inChannels channels of the image
    /// @param patchSize extent of a patch in pixels
    /// @param layer what all layers share
    /// @param dropPaths rate of each layer's [DropPath]
    /// @param outIndices layers whose output is a feature, from 0
    /// @param patchNorm whether patches are normalised
    /// @param finalNorm whether the last layer's output is normalised
    /// @param normEval whether norms behave as in evaluation while the rest trains
    record Config(
            Size imgSize,
            int inChannels,
            int patchSize,
            TransformerEncoderLayer.Config layer,
            List<Double> dropPaths,
            List<Integer> outIndices,
            boolean patchNorm,
            boolean finalNorm,
            boolean normEval) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            c.ignoring("pretrained", "init_cfg");
            int count = c.integer("num_layers", 12);
            return new Config(
                    readImgSize(c),
                    c.integer("in_channels", 3),
                    c.integer("patch_size", 16),
                    TransformerEncoderLayer.Config.read(c),
                    DropPath.rates(c.number("drop_path_rate", 0), count),
                    readOutIndices(c, count),
                    c.bool("patch_norm", false),
                    c.bool("final_norm", false),
                    c.bool("norm_eval", false));
        }

        /// One number, or height and width.
        private static Size readImgSize(ConfigNode c) {
            List<Integer> size = c.ints("img_size", List.of(224));
            if (size.isEmpty() || size.size() > 2) {
                throw c.error("img_size", "a number or (height, width)", size.toString(), "");
            }
            return new Size(size.getFirst(), size.getLast());
        }

        /// Layers from 0, or -1 for the last.
        private static List<Integer> readOutIndices(ConfigNode c, int layers) {
            List<Integer> indices = c.ints("out_indices", List.of(-1));
            return c.isList("out_indices") || indices.getFirst() != -1 ? indices : List.of(layers - 1);
        }

        int width() {
            return layer.width();
        }

        /// Rows and columns of patches of an image of `imgSize`.
        Size grid() {
            return new Size(imgSize.height() / patchSize, imgSize.width() / patchSize);
        }
    }

    /// Learned embeddings of the patches' positions.
    ///
    /// @param start what they are before training
    /// @param kernel how those of a checkpoint of another size are resized
    record Positions(Init start, Kernel kernel) {}

    /// What one kind of transformer does its own way.
    ///
    /// @param positions embeddings that are added to the patches
    /// @param padding zeros that make the image a whole number of patches
    /// @param layer makes the layer of that index: `[N, 1 + L, D]` to the same
    record Kind(Optional<Positions> positions, Optional<AdaptivePadding> padding, IntFunction<Layer> layer) {}

    PlainTransformer(Config config, Kind kind) {
        this.config = config;
        int width = config.width();
        int patch = config.patchSize;
        this.clsToken = parameter("cls_token", new Init.TruncatedNormal(0, 0.02, -2, 2), 1, 1, width);
        this.posEmbed = kind.positions.map(this::positions);
        this.patchEmbed = child(
                "patch_embed",
                new PatchEmbed(new PatchEmbed.Config(
                        ConvSpec.of(config.inChannels, width, patch).stride(patch),
                        kind.padding,
                        config.patchNorm ? Optional.of(config.layer.norm()) : Optional.empty())));
        this.layers = children("layers", config.dropPaths.size(), kind.layer);
        this.finalNorm = config.finalNorm
                ? Optional.of(
                        child(config.layer.norm().name(1), config.layer.norm().build(width)))
                : Optional.empty();
        TransformerEncoderLayer.startLinear(this);
        if (config.normEval) {
            modules().filter(LayerNorm.class::isInstance).forEach(Module::evalOnly);
        }
    }

    private Parameter positions(Positions positions) {
        Parameter embed =
                parameter("pos_embed", positions.start, 1, config.grid().area() + 1, config.width());
        embed.fit(new PositionGrid(config.grid(), positions.kernel));
        return embed;
    }

    @Override
    public List<FeatureSpec> features() {
        return config.outIndices.stream()
                .map(_ -> new FeatureSpec(config.width(), config.patchSize))
                .toList();
    }

    /// The image's patches, one token each: `[N, L, D]`.
    final Tokens patches(Tensor img) {
        return patchEmbed.call(img);
    }

    /// The class token before the patches: `[N, 1 + L, D]`.
    final Tensor withClass(Tensor patches) {
        Tensor first =
                patches.trace().weight(clsToken).expand(Shape.of(patches.dim(0), Dim.ONE, Dim.of(config.width())));
        return Tensor.concat(1, List.of(first, patches));
    }

    /// Only the patches of `[N, 1 + L, D]`.
    static Tensor withoutClass(Tensor tokens) {
        return tokens.slice(1, Dim.ONE, tokens.dim(1));
    }

    /// The position embeddings `[1, 1 + L, D]`, for the grid of the config.
    final Optional<Tensor> positions(Tensor img) {
        return posEmbed.map(p -> img.trace().weight(p));
    }

    /// What the layers of `outIndices` make of tokens.
    final List<Tensor> layered(Tensor tokens) {
        Tensor x = tokens;
        List<Tensor> features = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).call(x);
            if (i == layers.size() - 1 && finalNorm.isPresent()) {
                x = finalNorm.get().call(x);
            }
            if (config.outIndices.contains(i)) {
                features.add(x);
            }
        }
        return features;
    }
}
