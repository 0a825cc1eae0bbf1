package terrazzo.graph.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ConvOp;

/// A convolution: `[N, in, H, W]` to `[N, out, H', W']`.
public final class Conv2d extends Layer {

    private final ConvSpec spec;
    private final Parameter weight;
    private final Optional<Parameter> bias;

    public Conv2d(ConvSpec spec) {
        this.spec = spec;
        Init init = Init.fanInUniform(spec.fanIn());
        this.weight = parameter(
                "weight",
                init,
                spec.out(),
                spec.in() / spec.groups(),
                spec.kernel().height(),
                spec.kernel().width());
        this.bias = spec.bias() ? Optional.of(parameter("bias", init, spec.out())) : Optional.empty();
    }

    public ConvSpec spec() {
        return spec;
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
        ConvOp op = new ConvOp.Conv2d(spec.stride(), spec.padding(), spec.dilation(), spec.groups());
        return x.trace().apply(op, operands).getFirst();
    }
}
