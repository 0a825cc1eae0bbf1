package terrazzo.models;

import java.util.List;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Conv2d;

/// A head that is nothing but features and their classifier, so that others can go on from its features and from the
/// kernels of `conv_seg`.
public abstract class FeatureHead extends DecodeHead {

    protected FeatureHead(Config config) {
        super(config);
    }

    /// What `conv_seg` classifies: `[N, channels, H, W]`.
    public abstract Tensor features(List<Tensor> levels);

    /// Logits of [#features(List)].
    public final Tensor logits(Tensor features) {
        return classify(features);
    }

    /// The classifier.
    public final Conv2d classifier() {
        return convSeg();
    }

    @Override
    protected final Tensor forward(List<Tensor> levels) {
        return classify(features(levels));
    }
}
