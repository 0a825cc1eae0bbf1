package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Adagrad ([paper](https://jmlr.org/papers/v12/duchi11a.html)).
record Adagrad(Map<String, PickleValue> defaults) implements UpdateRule {

    static Adagrad read(ConfigNode c) { // defaults: PyTorch 1.13
        return new Adagrad(new SettingsReader(c)
                .number("lr", new Value.Real(1e-2))
                .number("lr_decay", new Value.Int(0))
                .number("eps", new Value.Real(1e-10))
                .number("weight_decay", new Value.Int(0))
                .number("initial_accumulator_value", new Value.Int(0))
                .manner("foreach")
                .flag("maximize")
                .settings());
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(new Buffer("sum", _ -> true, g -> g.number("initial_accumulator_value"), false));
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.TENSOR;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], sums: List[Tensor], rate: float, eps: float, decay: float, maximize: float) -> List[Tensor]:
                gs = self.gradients(ps, decay, maximize)
                torch._foreach_addcmul_(sums, gs, gs, 1.)
                std = torch._foreach_sqrt(sums)
                torch._foreach_add_(std, eps)
                torch._foreach_addcdiv_(ps, gs, std, torch.neg(rate))
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        return new double[] {
            group.lr() / (1 + before.steps() * group.number("lr_decay")),
            group.number("eps"),
            group.number("weight_decay"),
            group.flag("maximize") ? 1 : 0
        };
    }
}
