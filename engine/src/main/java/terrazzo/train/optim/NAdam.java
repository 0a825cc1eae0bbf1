package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Adam with Nesterov's momentum ([paper](https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ)).
record NAdam(Map<String, PickleValue> defaults) implements UpdateRule {

    private static final String PRODUCT = "mu_product";

    static NAdam read(ConfigNode c) { // defaults: PyTorch 1.13
        return new NAdam(new SettingsReader(c)
                .number("lr", new Value.Real(2e-3))
                .betas()
                .number("eps", new Value.Real(1e-8))
                .number("weight_decay", new Value.Int(0))
                .number("momentum_decay", new Value.Real(4e-3))
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
              def update(self, ps: List[Tensor], ms: List[Tensor], vs: List[Tensor], beta1: float, beta2: float, eps: float, decay: float, gradient_rate: float, mean_rate: float, correction: float) -> List[Tensor]:
                gs = self.gradients(ps, decay, 0.)
                torch._foreach_mul_(ms, beta1)
                torch._foreach_add_(ms, gs, alpha=1. - beta1)
                torch._foreach_mul_(vs, beta2)
                torch._foreach_addcmul_(vs, gs, gs, 1. - beta2)
                std = torch._foreach_div(vs, correction)
                torch._foreach_sqrt_(std)
                torch._foreach_add_(std, eps)
                torch._foreach_addcdiv_(ps, gs, std, torch.neg(gradient_rate))
                torch._foreach_addcdiv_(ps, ms, std, torch.neg(mean_rate))
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    @Override
    public History start(ParamGroup group) {
        return new History(0, Map.of(PRODUCT, 1.0));
    }

    @Override
    public History next(ParamGroup group, History before) {
        long step = before.step() + 1;
        float product = (float) (before.scalar(PRODUCT) * mu(group, step)); // PyTorch keeps it as float32
        return new History(step, Map.of(PRODUCT, (double) product));
    }

    /// The momentum of a step.
    private static double mu(ParamGroup group, long step) {
        double beta1 = group.numbers("betas").getFirst();
        return beta1 * (1 - 0.5 * Math.pow(0.96, (double) step * group.number("momentum_decay")));
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        List<Double> betas = group.numbers("betas");
        double mu = mu(group, after.step());
        double next = mu(group, after.step() + 1);
        double product = after.scalar(PRODUCT);
        return new double[] {
            betas.get(0),
            betas.get(1),
            group.number("eps"),
            group.number("weight_decay"),
            group.lr() * (1 - mu) / (1 - product),
            group.lr() * next / (1 - product * mu * next), // PyTorch 1.13 multiplies by mu twice
            1 - Math.pow(betas.get(1), after.steps())
        };
    }
}
