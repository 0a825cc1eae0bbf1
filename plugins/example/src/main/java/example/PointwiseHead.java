package example;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Layer;
import terrazzo.models.DecodeHead;
import terrazzo.models.FeatureHead;
import terrazzo.models.Parts;
import terrazzo.models.blocks.ConvModule;

/// One convolution over single pixels and a classifier.
///
/// - in: one level `[N, inChannels, H, W]`
/// - out logits: `[N, numClasses, H, W]`, same stride as the input level
final class PointwiseHead extends FeatureHead {

    private final Layer mix;

    PointwiseHead(DecodeHead.Config config) {
        super(config);
        this.mix = child(
                "mix",
                ConvModule.of(config.inputChannels(), config.channels(), 1)
                        .norm(config.norm())
                        .act(config.act())
                        .build());
    }

    static PointwiseHead read(ConfigNode c, Parts parts) {
        return new PointwiseHead(DecodeHead.Config.read(c, parts));
    }

    @Override
    public Tensor features(List<Tensor> levels) {
        return mix.call(input(levels));
    }
}
