package terrazzo.graph.nn;

import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.NormOp;

/// Normalises groups of channels of each image ([paper](https://arxiv.org/abs/1803.08494)).
public final class GroupNorm extends Layer implements Norm {

    private final int groups;
    private final double eps;
    private final Parameter weight;
    private final Parameter bias;

    public GroupNorm(int groups, int channels, double eps) {
        this.groups = groups;
        this.eps = eps;
        this.weight = parameter("weight", Init.ONES, channels);
        this.bias = parameter("bias", Init.ZEROS, channels);
    }

    @Override
    protected Tensor forward(Tensor x) {
        return x.apply(
                new NormOp.GroupNorm(groups, eps),
                x.trace().weight(weight),
                x.trace().weight(bias));
    }
}
