package terrazzo.train.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Averaged stochastic gradient descent ([paper](https://dl.acm.org/doi/10.1137/0330046)). The averages are kept, not
/// used.
record ASGD(Map<String, PickleValue> defaults) implements UpdateRule {

    static ASGD read(ConfigNode c) { // defaults: PyTorch 1.13
        return new ASGD(new SettingsReader(c)
                .number("lr", new Value.Real(1e-2))
                .number("lambd", new Value.Real(1e-4))
                .number("alpha", new Value.Real(0.75))
                .number("t0", new Value.Real(1e6))
                .number("weight_decay", new Value.Int(0))
                .manner("foreach")
                .flag("maximize")
                .settings());
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(Buffer.zeros("ax"));
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.TENSOR;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], averages: List[Tensor], eta: float, lambd: float, mu: float, decay: float, maximize: float) -> List[Tensor]:
                gs = self.gradients(ps, decay, maximize)
                torch._foreach_mul_(ps, 1. - lambd * eta)
                torch._foreach_add_(ps, gs, alpha=torch.neg(eta))
                if mu != 1.:
                  off = torch._foreach_sub(ps, averages)
                  torch._foreach_add_(averages, off, alpha=mu)
                else:
                  torch._foreach_copy_(averages, ps)
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    @Override
    public History start(ParamGroup group) {
        return new History(0, scalars(group.lr(), 1));
    }

    @Override
    public History next(ParamGroup group, History before) {
        long step = before.step() + 1;
        double slowed = Math.pow(1 + group.number("lambd") * group.lr() * (double) step, group.number("alpha"));
        double mu = 1 / Math.max(1, (double) step - group.number("t0"));
        return new History(step, scalars(group.lr() / slowed, mu));
    }

    /// PyTorch keeps both as float32.
    private static Map<String, Double> scalars(double eta, double mu) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("eta", (double) (float) eta);
        scalars.put("mu", (double) (float) mu);
        return scalars;
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        return new double[] {
            before.scalar("eta"),
            group.number("lambd"),
            before.scalar("mu"),
            group.number("weight_decay"),
            group.flag("maximize") ? 1 : 0
        };
    }
}
