package terrazzo.models.blocks;

import java.util.Optional;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Module;

/// Cuts an image into patches and projects each to a token.
///
/// - in: `[N, C, H, W]`
/// - out: `[N, L, D]`, one token per patch
public final class PatchEmbed extends Module {

    private final Optional<AdaptivePadding> padding;
    private final Conv2d projection;
    private final Optional<Layer> norm;

    /// @param conv kernel, stride and channels of the patches
    /// @param padding zeros that make the image a whole number of patches; else the rest at the right and bottom
    ///     is not seen
    /// @param norm norm of the tokens
    public record Config(ConvSpec conv, Optional<AdaptivePadding> padding, Optional<NormSpec> norm) {}

    public PatchEmbed(Config config) {
        this.padding = config.padding;
        this.projection = child("projection", new Conv2d(config.conv));
        this.norm = config.norm.map(n -> child("norm", n.build(config.conv.out())));
    }

    public Tokens call(Tensor x) {
        Tensor image = padding.map(p -> p.pad(x)).orElse(x);
        Tokens tokens = within(x, () -> Tokens.of(projection.call(image)));
        return tokens.with(traced(x, () -> norm.map(n -> n.call(tokens.x())).orElse(tokens.x())));
    }
}
