package terrazzo.graph.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.MatrixOp;

/// A linear map of the last axis: `[..., in]` to `[..., out]`.
public final class Linear extends Layer {

    private final Parameter weight;
    private final Optional<Parameter> bias;

    public Linear(int in, int out, boolean bias) {
        Init init = Init.fanInUniform(in);
        this.weight = parameter("weight", init, out, in);
        this.bias = bias ? Optional.of(parameter("bias", init, out)) : Optional.empty();
    }

    public Parameter weight() {
        return weight;
    }

    public Optional<Parameter> bias() {
        return bias;
    }

    @Override
    protected Tensor forward(Tensor x) {
        List<Tensor> operands = new ArrayList<>(List.of(x, x.trace().weight(weight)));
        bias.ifPresent(b -> operands.add(x.trace().weight(b)));
        return x.trace().apply(new MatrixOp.Linear(), operands).getFirst();
    }
}
