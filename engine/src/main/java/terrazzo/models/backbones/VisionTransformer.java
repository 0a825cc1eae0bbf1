package terrazzo.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.checkpoint.resize.Kernel;
import terrazzo.config.ConfigNode;
import terrazzo.core.Size;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ResizeOp.Interpolation;
import terrazzo.models.FeatureSpec;
import terrazzo.models.blocks.AdaptivePadding;
import terrazzo.models.blocks.Interpolations;
import terrazzo.models.blocks.Tokens;
import terrazzo.models.blocks.TransformerEncoderLayer;

/// A plain transformer over patches ([ViT](https://arxiv.org/abs/2010.11929)).
///
/// - in: `[N, inChannels, H, W]`
/// - out: per layer of `outIndices` `[N, embedDims, H/p, W/p]`, p = `patchSize`; with `outputClsToken` followed by as
///   many class tokens `[N, embedDims]`
public final class VisionTransformer extends PlainTransformer {

    private final Config config;
    private final ClassToken token;
    private final Interpolation interpolation;

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

    /// @param interpolation how position embeddings are resized to the image
    private VisionTransformer(Config config, ClassToken token, Interpolation interpolation) {
        Size patch = new Size(config.patchSize(), config.patchSize());
        super(
                config,
                new Kind(
                        Optional.of(new Positions(new Init.TruncatedNormal(0, 0.02, -2, 2), kernel(interpolation))),
                        Optional.of(new AdaptivePadding(patch, patch, true)),
                        i -> new TransformerEncoderLayer(
                                config.layer(), config.dropPaths().get(i))));
        this.config = config;
        this.token = token;
        this.interpolation = interpolation;
    }

    private static Kernel kernel(Interpolation interpolation) {
        return switch (interpolation) {
            case NEAREST -> Kernel.NEAREST;
            case BILINEAR -> Kernel.BILINEAR;
            case BICUBIC -> Kernel.BICUBIC;
        };
    }

    static VisionTransformer read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
        c.ignoring("with_cp");
        return new VisionTransformer(
                Config.read(c),
                ClassToken.read(c),
                c.has("interpolate_mode") ? Interpolations.read(c, "interpolate_mode") : Interpolation.BICUBIC);
    }

    @Override
    public List<FeatureSpec> features() {
        List<FeatureSpec> features = new ArrayList<>(super.features());
        if (token.output) {
            config.outIndices().forEach(_ -> features.add(new FeatureSpec(config.width(), 0)));
        }
        return features;
    }

    @Override
    protected List<Tensor> forward(Tensor img) {
        Tokens patches = patches(img); // [N, L, D]
        Tensor positions = positions(img).orElseThrow();
        Tensor x = withClass(patches.x()) // [N, 1 + L, D]
                .add(resized(positions, patches))
                .dropout(config.layer().drop());
        List<Tensor> features = layered(token.used ? x : withoutClass(x));
        List<Tensor> maps = new ArrayList<>();
        features.forEach(
                f -> maps.add(patches.with(token.used ? withoutClass(f) : f).image()));
        if (token.output) {
            features.forEach(f -> maps.add(f.select(1, 0)));
        }
        return maps;
    }

    /// Position embeddings for the image's rows and columns of patches: `[1, 1 + L, D]`.
    // mmseg: leaves them as they are for images of other sides but the same number of patches
    private Tensor resized(Tensor positions, Tokens patches) {
        Size grid = config.grid();
        Tensor first = positions.slice(1, 0, 1);
        Tensor others = withoutClass(positions)
                .reshape(Shape.of(1, grid.height(), grid.width(), config.width()))
                .permute(0, 3, 1, 2) // [1, D, rows, columns]
                .resize(interpolation, patches.h(), patches.w(), false);
        return Tensor.concat(1, List.of(first, others.flatten(2).transpose(1, 2)));
    }
}
