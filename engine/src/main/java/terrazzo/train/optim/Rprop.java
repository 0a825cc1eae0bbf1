package terrazzo.train.optim;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;

/// Resilient backpropagation ([paper](https://ieeexplore.ieee.org/document/298623)): only signs of gradients count.
record Rprop(Map<String, PickleValue> defaults) implements UpdateRule {

    static Rprop read(ConfigNode c) { // defaults: PyTorch 1.13
        return new Rprop(new SettingsReader(c)
                .number("lr", new Value.Real(1e-2))
                .pair("etas", 0.5, 1.2, Double.POSITIVE_INFINITY)
                .pair("step_sizes", 1e-6, 50, Double.POSITIVE_INFINITY)
                .manner("foreach")
                .flag("maximize")
                .settings());
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(Buffer.zeros("prev"), new Buffer("step_size", _ -> true, ParamGroup::lr, false));
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.NUMBER;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], prevs: List[Tensor], steps: List[Tensor], minus: float, plus: float, least: float, most: float, maximize: float) -> List[Tensor]:
                gs = self.gradients(ps, 0., maximize)
                for i in range(torch.len(ps)):
                  turn = torch.mul(gs[i], prevs[i])
                  one = torch.ones_like(turn)
                  factor = torch.where(torch.gt(turn, 0), torch.mul(one, plus), torch.where(torch.lt(turn, 0), torch.mul(one, minus), one))
                  step = torch.clamp_(torch.mul_(steps[i], factor), least, most)
                  g = torch.masked_fill(gs[i], torch.lt(turn, 0), 0.)
                  p = torch.addcmul_(ps[i], torch.sign(g), step, value=-1.)
                  kept = torch.copy_(prevs[i], g)
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        List<Double> etas = group.numbers("etas");
        List<Double> sizes = group.numbers("step_sizes");
        return new double[] {etas.get(0), etas.get(1), sizes.get(0), sizes.get(1), group.flag("maximize") ? 1 : 0};
    }
}
