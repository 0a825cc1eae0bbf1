package terrazzo.models.backbones;

import java.util.Optional;
import terrazzo.graph.Init;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.models.blocks.NormSpec;

/// What the blocks of residual networks are made of.
final class ResidualBlock {

    private ResidualBlock() {}

    /// @param in channels that go in
    /// @param planes channels inside, before any widening
    /// @param stride step of the block
    /// @param dilation distance of the taps of its 3x3 convolutions
    record Shape(int in, int planes, int stride, int dilation) {}

    /// @param norm norm after each convolution
    /// @param caffe whether the step of a bottleneck is in its first convolution
    /// @param zeroResidual whether blocks start as identities
    /// @param middle what a bottleneck has between its two 1x1 convolutions
    record Style(NormSpec norm, boolean caffe, boolean zeroResidual, Middle middle) {

        /// Plain blocks.
        static Style plain(NormSpec norm) {
            return new Style(norm, false, false, new Middle.Grouped(1, 4, 64));
        }

        /// The last norm of a block.
        Layer lastNorm(int channels) {
            Layer layer = norm.build(channels);
            if (zeroResidual) {
                layer.ownParameter("weight").ifPresent(w -> w.init(Init.ZEROS));
            }
            return layer;
        }
    }

    /// What a bottleneck has between its two 1x1 convolutions.
    sealed interface Middle {

        /// A 3x3 convolution with a norm ([ResNeXt](https://arxiv.org/abs/1611.05431) with several groups).
        ///
        /// @param groups groups of its channels
        /// @param baseWidth channels of a group for `baseChannels` planes
        /// @param baseChannels planes of the first stage
        record Grouped(int groups, int baseWidth, int baseChannels) implements Middle {}

        /// Several convolutions, weighed against each other by what the whole image holds
        /// ([ResNeSt](https://arxiv.org/abs/2004.08955)).
        ///
        /// @param grouped groups and width
        /// @param radix convolutions that are weighed against each other
        /// @param reduction how much narrower the weighing is inside
        /// @param averages whether the block steps down by averaging
        record Split(Grouped grouped, int radix, int reduction, boolean averages) implements Middle {}

        /// Channels inside a bottleneck of so many planes.
        default int width(int planes) {
            return switch (this) {
                case Grouped(var groups, var baseWidth, var baseChannels) ->
                    groups == 1 ? planes : Math.floorDiv(planes * baseWidth, baseChannels) * groups;
                case Split(var grouped, var _, var _, var _) -> grouped.width(planes);
            };
        }
    }

    static Tensor beside(Tensor residual, Tensor x, Optional<Layer> downsample) {
        Tensor identity = downsample.isPresent() ? downsample.get().call(x) : x;
        return residual.add(identity).relu();
    }
}
