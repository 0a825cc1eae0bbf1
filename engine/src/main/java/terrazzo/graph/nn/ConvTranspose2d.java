package terrazzo.graph.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.core.Size;
import terrazzo.graph.Init;
import terrazzo.graph.Parameter;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ConvOp;

/// A transposed convolution: `[N, in, H, W]` to `[N, out, H', W']`, larger by its stride. Its dilation is 1.
public final class ConvTranspose2d extends Layer {

    private final ConvSpec spec;
    private final Size outputPadding;
    private final Parameter weight;
    private final Optional<Parameter> bias;

    /// @param outputPadding pixels added at the bottom and right of the output
    public ConvTranspose2d(ConvSpec spec, Size outputPadding) {
        this.spec = spec;
        this.outputPadding = outputPadding;
        // PyTorch counts the fan in of a transposed convolution over its output channels.
        Init init = Init.fanInUniform(
                (long) spec.out() / spec.groups() * spec.kernel().area());
        this.weight = parameter(
                "weight",
                init,
                spec.in(),
                spec.out() / spec.groups(),
                spec.kernel().height(),
                spec.kernel().width());
        this.bias = spec.bias() ? Optional.of(parameter("bias", init, spec.out())) : Optional.empty();
    }

    @Override
    protected Tensor forward(Tensor x) {
        List<Tensor> operands = new ArrayList<>(List.of(x, x.trace().weight(weight)));
        bias.ifPresent(b -> operands.add(x.trace().weight(b)));
        ConvOp op = new ConvOp.ConvTranspose2d(spec.stride(), spec.padding(), outputPadding, spec.groups());
        return x.trace().apply(op, operands).getFirst();
    }
}
