package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// RMSprop, centred and with momentum when asked
/// ([lecture](https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf)).
record RMSprop(Map<String, PickleValue> defaults) implements UpdateRule {

    static RMSprop read(ConfigNode c) { // defaults: PyTorch 1.13
        return new RMSprop(new SettingsReader(c)
                .number("lr", new Value.Real(1e-2))
                .number("momentum", new Value.Int(0))
                .number("alpha", new Value.Real(0.99))
                .number("eps", new Value.Real(1e-8))
                .flag("centered")
                .number("weight_decay", new Value.Int(0))
                .manner("foreach")
                .flag("maximize")
                .manner("differentiable")
                .settings());
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(
                Buffer.zeros("square_avg"),
                Buffer.zerosWhere("momentum_buffer", g -> g.number("momentum") > 0),
                Buffer.zerosWhere("grad_avg", g -> g.flag("centered")));
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.NUMBER;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], squares: List[Tensor], momenta: List[Tensor], means: List[Tensor], lr: float, alpha: float, eps: float, momentum: float, centered: float, decay: float, maximize: float) -> List[Tensor]:
                gs = self.gradients(ps, decay, maximize)
                torch._foreach_mul_(squares, alpha)
                torch._foreach_addcmul_(squares, gs, gs, 1. - alpha)
                if centered > 0.:
                  torch._foreach_mul_(means, alpha)
                  torch._foreach_add_(means, gs, alpha=1. - alpha)
                  avg = torch._foreach_addcmul(squares, means, means, -1.)
                else:
                  avg = torch._foreach_add(squares, 0.)
                torch._foreach_sqrt_(avg)
                torch._foreach_add_(avg, eps)
                if momentum > 0.:
                  torch._foreach_mul_(momenta, momentum)
                  torch._foreach_addcdiv_(momenta, gs, avg, 1.)
                  torch._foreach_add_(ps, momenta, alpha=torch.neg(lr))
                else:
                  torch._foreach_addcdiv_(ps, gs, avg, torch.neg(lr))
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        return new double[] {
            group.lr(),
            group.number("alpha"),
            group.number("eps"),
            group.number("momentum"),
            group.flag("centered") ? 1 : 0,
            group.number("weight_decay"),
            group.flag("maximize") ? 1 : 0
        };
    }
}
