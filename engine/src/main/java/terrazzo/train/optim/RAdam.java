package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Adam with a rectified variance ([paper](https://arxiv.org/abs/1908.03265)).
record RAdam(Map<String, PickleValue> defaults) implements UpdateRule {

    /// Below this length the variance can't be told, and the step is that of plain momentum.
    private static final double LEAST_LENGTH = 5;

    static RAdam read(ConfigNode c) { // defaults: PyTorch 1.13
        return new RAdam(new SettingsReader(c)
                .number("lr", new Value.Real(1e-3))
                .betas()
                .number("eps", new Value.Real(1e-8))
                .number("weight_decay", new Value.Int(0))
                .manner("foreach")
                .settings());
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(Buffer.zeros("exp_avg"), Buffer.zeros("exp_avg_sq"));
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.TENSOR;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], ms: List[Tensor], vs: List[Tensor], beta1: float, beta2: float, eps: float, decay: float, rate: float, rectified: float) -> List[Tensor]:
                gs = self.gradients(ps, decay, 0.)
                torch._foreach_mul_(ms, beta1)
                torch._foreach_add_(ms, gs, alpha=1. - beta1)
                torch._foreach_mul_(vs, beta2)
                torch._foreach_addcmul_(vs, gs, gs, 1. - beta2)
                if rectified > 0.:
                  std = torch._foreach_sqrt(vs)
                  torch._foreach_add_(std, eps)
                  torch._foreach_addcdiv_(ps, ms, std, torch.neg(rate))
                else:
                  torch._foreach_add_(ps, ms, alpha=torch.neg(rate))
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        List<Double> betas = group.numbers("betas");
        double decayed = Math.pow(betas.get(1), after.steps());
        double most = 2 / (1 - betas.get(1)) - 1; // length of the moving average in the long run
        double length = most - 2 * after.steps() * decayed / (1 - decayed);
        boolean rectified = length > LEAST_LENGTH;
        double mean = group.lr() / (1 - Math.pow(betas.get(0), after.steps()));
        double rate = rectified ? mean * Math.sqrt(1 - decayed) * rectification(length, most) : mean;
        return new double[] {
            betas.get(0), betas.get(1), group.number("eps"), group.number("weight_decay"), rate, rectified ? 1 : 0
        };
    }

    private static double rectification(double length, double most) {
        return Math.sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length));
    }
}
