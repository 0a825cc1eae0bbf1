package terrazzo.models.blocks;

import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;

/// A convolution of each channel alone, then one over the channels of each pixel
/// ([MobileNets](https://arxiv.org/abs/1704.04861)).
public final class DepthwiseSeparableConvModule extends Layer {

    private final ConvModule depthwise;
    private final ConvModule pointwise;

    /// @param norm norm after each of the two
    /// @param depthwiseAct activation after the first
    /// @param act activation after the second
    public record Style(Optional<NormSpec> norm, Optional<ActSpec> depthwiseAct, Optional<ActSpec> act) {}

    /// @param conv channels of both; kernel, stride, padding and dilation of the first
    public DepthwiseSeparableConvModule(ConvSpec conv, Style style) {
        ConvSpec channelwise = new ConvSpec(
                conv.in(), conv.in(), conv.kernel(), conv.stride(), conv.padding(), conv.dilation(), conv.in(), false);
        this.depthwise = child(
                "depthwise_conv",
                ConvModule.of(channelwise)
                        .norm(style.norm)
                        .act(style.depthwiseAct)
                        .build());
        this.pointwise = child(
                "pointwise_conv",
                ConvModule.of(conv.in(), conv.out(), 1)
                        .norm(style.norm)
                        .act(style.act)
                        .build());
    }

    /// Reads `dw_act_cfg` of a part; none when the key is absent, and for `'default'` that of the convolution over
    /// channels, a ReLU.
    public static Optional<ActSpec> findDepthwiseAct(ConfigNode part) {
        return part.find("dw_act_cfg").orElse(null) instanceof Value.Str
                ? Optional.of(ActSpec.RELU)
                : part.optionalNode("dw_act_cfg").map(ActSpec::read);
    }

    @Override
    protected Tensor forward(Tensor x) {
        return pointwise.call(depthwise.call(x));
    }
}
