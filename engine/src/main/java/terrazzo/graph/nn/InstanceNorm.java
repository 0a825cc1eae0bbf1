package terrazzo.graph.nn;

import terrazzo.graph.Tensor;
import terrazzo.graph.ir.NormOp;

/// Normalises each channel of each image, without parameters ([paper](https://arxiv.org/abs/1607.08022)).
public final class InstanceNorm extends Layer implements Norm {

    private final double eps;

    public InstanceNorm(double eps) {
        this.eps = eps;
    }

    @Override
    protected Tensor forward(Tensor x) {
        return x.apply(new NormOp.InstanceNorm(eps));
    }
}
