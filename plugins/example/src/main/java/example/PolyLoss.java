package example;

import java.util.List;
import terrazzo.config.ConfigNode;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.LossOp;
import terrazzo.models.Loss;

/// Cross entropy plus `epsilon` times the probability that is missing at the right class
/// ([PolyLoss](https://arxiv.org/abs/2204.12511)). Ignored pixels give 0 but count in the mean.
///
/// @param epsilon weight of the added term; -1 and above
/// @param weight factor of the loss in the sum
/// @param name in logs
record PolyLoss(double epsilon, double weight, String name) implements Loss {

    static PolyLoss read(ConfigNode c) {
        double epsilon = c.number("epsilon", 1);
        if (epsilon < -1) {
            throw c.error("epsilon", "-1 or more", String.valueOf(epsilon), "below that the loss can become negative");
        }
        return new PolyLoss(epsilon, c.number("loss_weight", 1), c.string("loss_name", "loss_poly"));
    }

    @Override
    public Tensor call(Pixels pixels) {
        return perPixel(pixels).mean();
    }

    @Override
    public Tensor perPixel(Pixels pixels) {
        Tensor crossEntropy = pixels.logits()
                .trace()
                .apply(new LossOp.CrossEntropy(pixels.ignoreIndex()), List.of(pixels.logits(), pixels.label()))
                .getFirst(); // [N, H, W], 0 where ignored
        Tensor missing = crossEntropy.neg().exp().neg().add(1); // 1 - p, as cross entropy is -log p
        Tensor loss = crossEntropy.add(missing.mul(epsilon)).mul(weight);
        return pixels.weight().map(loss::mul).orElse(loss);
    }
}
