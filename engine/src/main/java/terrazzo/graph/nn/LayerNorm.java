package terrazzo.graph.nn;

import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.NormOp;

/// Normalises the last axis of `[..., D]` ([paper](https://arxiv.org/abs/1607.06450)).
public final class LayerNorm extends Layer implements Norm {

    private final double eps;
    private final Parameter weight;
    private final Parameter bias;

    public LayerNorm(int width, double eps) {
        this.eps = eps;
        this.weight = parameter("weight", Init.ONES, width);
        this.bias = parameter("bias", Init.ZEROS, width);
    }

    @Override
    protected Tensor forward(Tensor x) {
        return x.apply(
                new NormOp.LayerNorm(eps), x.trace().weight(weight), x.trace().weight(bias));
    }
}
