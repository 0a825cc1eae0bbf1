package terrazzo.models.heads;

import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.graph.nn.ConvSpec;
import terrazzo.graph.nn.Layer;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ActSpec;
import terrazzo.models.blocks.DepthwiseSeparableConvModule;
import terrazzo.models.blocks.DepthwiseSeparableConvModule.Style;

/// An [FCNHead] of depthwise separable convolutions ([Fast-SCNN](https://arxiv.org/abs/1902.04502)).
public final class DepthwiseSeparableFCNHead extends FCNHead {

    private DepthwiseSeparableFCNHead(FCNHead.Config config, Optional<ActSpec> depthwiseAct) {
        super(config, (c, in, _) -> separable(c, in, depthwiseAct));
    }

    static DepthwiseSeparableFCNHead read(ConfigNode c, Parts parts) { // defaults: mmseg v1.0.0rc0
        return new DepthwiseSeparableFCNHead(
                FCNHead.Config.read(c, parts), DepthwiseSeparableConvModule.findDepthwiseAct(c));
    }

    // mmseg: neither `act_cfg` nor `dilation` reaches these convolutions
    private static Layer separable(FCNHead.Config config, int in, Optional<ActSpec> depthwiseAct) {
        ConvSpec conv =
                ConvSpec.of(in, config.head().channels(), config.kernelSize()).padding(config.kernelSize() / 2);
        return new DepthwiseSeparableConvModule(
                conv, new Style(config.head().norm(), depthwiseAct, Optional.of(ActSpec.RELU)));
    }
}
