package terrazzo.graph.nn;

import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp;

/// A rectifier whose slope below 0 is learned ([paper](https://arxiv.org/abs/1502.01852)).
public final class PRelu extends Layer {

    private final Parameter weight;

    /// @param channels slopes: one per channel, or 1 for all
    public PRelu(int channels) {
        this.weight = parameter("weight", new Init.Constant(0.25), channels);
    }

    @Override
    protected Tensor forward(Tensor x) {
        return x.apply(new PointwiseOp.PRelu(), x.trace().weight(weight));
    }
}
