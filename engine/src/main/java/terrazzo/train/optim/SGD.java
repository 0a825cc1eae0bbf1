package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Stochastic gradient descent, with momentum when asked.
record SGD(Map<String, PickleValue> defaults) implements UpdateRule {

    static SGD read(ConfigNode c) { // defaults: PyTorch 1.13
        Map<String, PickleValue> settings = new SettingsReader(c)
                .required("lr")
                .number("momentum", new Value.Int(0))
                .number("dampening", new Value.Int(0))
                .number("weight_decay", new Value.Int(0))
                .flag("nesterov")
                .flag("maximize")
                .manner("foreach")
                .manner("differentiable")
                .settings();
        if (c.bool("nesterov", false) && (c.number("momentum", 0) == 0 || c.number("dampening", 0) != 0)) {
            throw c.error("nesterov", "momentum above 0 and dampening 0", "others", "drop nesterov or set them");
        }
        return new SGD(settings);
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(new Buffer("momentum_buffer", g -> g.number("momentum") != 0, _ -> 0, true));
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.NONE;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], ms: List[Tensor], lr: float, momentum: float, dampening: float, decay: float, nesterov: float, maximize: float, first: float) -> List[Tensor]:
                torch._fused_sgd_(ps, self.gradients(ps, 0., 0.), ms, weight_decay=decay, momentum=momentum, lr=lr, dampening=dampening, nesterov=nesterov > 0., maximize=maximize > 0., is_first_step=first > 0., grad_scale=None, found_inf=None)
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    /// The step of a weight is not kept: what matters is whether it has been moved before, for then the gradient is
    /// dampened.
    @Override
    public History next(ParamGroup group, History before) {
        return before.step() == 0 ? before.next() : before;
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        return new double[] {
            group.lr(),
            group.number("momentum"),
            group.number("dampening"),
            group.number("weight_decay"),
            group.flag("nesterov") ? 1 : 0,
            group.flag("maximize") ? 1 : 0,
            before.step() == 0 ? 1 : 0
        };
    }
}
