package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Adadelta ([paper](https://arxiv.org/abs/1212.5701)).
record Adadelta(Map<String, PickleValue> defaults) implements UpdateRule {

    static Adadelta read(ConfigNode c) { // defaults: PyTorch 1.13
        return new Adadelta(new SettingsReader(c)
                .number("lr", new Value.Real(1.0))
                .number("rho", new Value.Real(0.9))
                .number("eps", new Value.Real(1e-6))
                .number("weight_decay", new Value.Int(0))
                .flag("maximize")
                .manner("foreach")
                .settings());
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(Buffer.zeros("square_avg"), Buffer.zeros("acc_delta"));
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.NUMBER;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], squares: List[Tensor], deltas: List[Tensor], lr: float, rho: float, eps: float, decay: float, maximize: float) -> List[Tensor]:
                gs = self.gradients(ps, decay, maximize)
                torch._foreach_mul_(squares, rho)
                torch._foreach_addcmul_(squares, gs, gs, 1. - rho)
                std = torch._foreach_add(squares, eps)
                torch._foreach_sqrt_(std)
                delta = torch._foreach_add(deltas, eps)
                torch._foreach_sqrt_(delta)
                torch._foreach_div_(delta, std)
                torch._foreach_mul_(delta, gs)
                torch._foreach_mul_(deltas, rho)
                torch._foreach_addcmul_(deltas, delta, delta, 1. - rho)
                torch._foreach_add_(ps, delta, alpha=torch.neg(lr))
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        return new double[] {
            group.lr(),
            group.number("rho"),
            group.number("eps"),
            group.number("weight_decay"),
            group.flag("maximize") ? 1 : 0
        };
    }
}
