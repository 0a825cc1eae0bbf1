package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Adam with the infinity norm ([paper](https://arxiv.org/abs/1412.6980), section 7).
record Adamax(Map<String, PickleValue> defaults) implements UpdateRule {

    static Adamax read(ConfigNode c) { // defaults: PyTorch 1.13
        return new Adamax(new SettingsReader(c)
                .number("lr", new Value.Real(2e-3))
                .betas()
                .number("eps", new Value.Real(1e-8))
                .number("weight_decay", new Value.Int(0))
                .manner("foreach")
                .flag("maximize")
                .settings());
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(Buffer.zeros("exp_avg"), Buffer.zeros("exp_inf"));
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.TENSOR;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], ms: List[Tensor], us: List[Tensor], rate: float, beta1: float, beta2: float, eps: float, decay: float, maximize: float) -> List[Tensor]:
                gs = self.gradients(ps, decay, maximize)
                torch._foreach_mul_(ms, beta1)
                torch._foreach_add_(ms, gs, alpha=1. - beta1)
                sizes = torch._foreach_abs(gs)
                torch._foreach_add_(sizes, eps)
                torch._foreach_mul_(us, beta2)
                torch._foreach_maximum_(us, sizes)
                torch._foreach_addcdiv_(ps, ms, us, torch.neg(rate))
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        List<Double> betas = group.numbers("betas");
        return new double[] {
            group.lr() / (1 - Math.pow(betas.get(0), after.steps())),
            betas.get(0),
            betas.get(1),
            group.number("eps"),
            group.number("weight_decay"),
            group.flag("maximize") ? 1 : 0
        };
    }
}
