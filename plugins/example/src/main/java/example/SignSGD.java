package example;

import java.util.List;
import java.util.Map;
import terrazzo.checkpoint.PickleValue;
import terrazzo.config.ConfigNode;
import terrazzo.train.optim.History;
import terrazzo.train.optim.ParamGroup;
import terrazzo.train.optim.UpdateRule;

/// Moves every weight by the learning rate against its gradient's sign ([paper](https://arxiv.org/abs/1802.04434)).
record SignSGD(double lr) implements UpdateRule {

    static SignSGD read(ConfigNode c) {
        return new SignSGD(c.number("lr"));
    }

    @Override
    public Map<String, PickleValue> defaults() {
        return Map.of("lr", PickleValue.of(lr));
    }

    @Override
    public List<Buffer> buffers() {
        return List.of();
    }

    @Override
    public StepEntry stepEntry() {
        return StepEntry.NONE;
    }

    @Override
    public String method() {
        return """
              def update(self, ps: List[Tensor], lr: float) -> List[Tensor]:
                torch._foreach_add_(ps, torch._foreach_sign(self.all_gradients(ps)), alpha=torch.neg(lr))
                return annotate(List[Tensor], [])
            """.indent(0);
    }

    @Override
    public double[] numbers(ParamGroup group, History before, History after) {
        return new double[] {group.lr()};
    }
}
