package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Adam ([paper](https://arxiv.org/abs/1412.6980)), and AdamW ([paper](https://arxiv.org/abs/1711.05101)), which takes
/// the weight decay out of the gradient.
///
/// @param decoupled whether this is AdamW
record Adam(boolean decoupled, Map<String, PickleValue> defaults) implements UpdateRule {

    static Adam read(ConfigNode c) { // defaults: PyTorch 1.13
        return new Adam(
                false,
                common(c, 0)
                        .flag("maximize")
                        .manner("foreach")
                        .manner("capturable")
                        .manner("differentiable")
                        .manner("fused")
                        .settings());
    }

    static Adam readW(ConfigNode c) { // defaults: PyTorch 1.13
        return new Adam(
                true,
                common(c, 0.01)
                        .manner("foreach")
                        .flag("maximize")
                        .manner("capturable")
                        .settings());
    }

    private static SettingsReader common(ConfigNode c, double decay) {
        return new SettingsReader(c)
                .number("lr", new Value.Real(1e-3))
                .betas()
                .number("eps", new Value.Real(1e-8))
                .number("weight_decay", decay == 0 ? new Value.Int(0) : new Value.Real(decay))
                .flag("amsgrad");
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(
                Buffer.zeros("exp_avg"),
                Buffer.zeros("exp_avg_sq"),
                Buffer.zerosWhere("max_exp_avg_sq", g -> g.flag("amsgrad")));
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.TENSOR;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], ms: List[Tensor], vs: List[Tensor], mx: List[Tensor], lr: float, beta1: float, beta2: float, eps: float, decay: float, amsgrad: float, maximize: float, step: float) -> List[Tensor]:
                t = torch.new_full(ps[0], annotate(List[int], []), step)
                steps = annotate(List[Tensor], [])
                for i in range(torch.len(ps)):
                  _0 = torch.append(steps, t)
                torch.%s(ps, self.gradients(ps, 0., 0.), ms, vs, mx, steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=amsgrad > 0., maximize=maximize > 0., grad_scale=None, found_inf=None)
                return annotate(List[Tensor], [])
            """.indent(0).formatted(decoupled ? "_fused_adamw_" : "_fused_adam_");
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        List<Double> betas = group.numbers("betas");
        return new double[] {
            group.lr(),
            betas.get(0),
            betas.get(1),
            group.number("eps"),
            group.number("weight_decay"),
            group.flag("amsgrad") ? 1 : 0,
            group.flag("maximize") ? 1 : 0,
            after.steps()
        };
    }
}
