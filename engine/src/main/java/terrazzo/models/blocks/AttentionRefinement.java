package terrazzo.models.blocks;

import terrazzo.graph.Tensor;
import terrazzo.graph.nn.Lambda;
import terrazzo.graph.nn.Layer;
import terrazzo.graph.nn.Sequential;

/// A convolution whose channels are weighed by what the whole image holds
/// ([BiSeNet](https://arxiv.org/abs/1808.00897), fig. 2b).
public final class AttentionRefinement extends Layer {

    private final ConvModule conv;
    private final Sequential attention;

    // mmseg: knows no other norm and activation than batch norm and ReLU, whatever the backbone's config says
    public AttentionRefinement(int in, int out) {
        NormSpec norm = NormSpec.batchNorm();
        this.conv = child(
                "conv_layer",
                ConvModule.of(in, out, 3)
                        .padding(1)
                        .norm(norm)
                        .act(ActSpec.RELU)
                        .build());
        this.attention = child(
                "atten_conv_layer",
                Sequential.of(
                        new Lambda(x -> x.adaptiveAvgPool(1, 1)),
                        ConvModule.of(out, out, 1).bias(false).norm(norm).build(),
                        new Lambda(Tensor::sigmoid)));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor y = conv.call(x);
        return y.mul(attention.call(y));
    }
}
