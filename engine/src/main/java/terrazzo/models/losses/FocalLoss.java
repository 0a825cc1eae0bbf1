package terrazzo.models.losses;

import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.LossOp;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.models.Loss;

/// Cross entropy of each class alone, in which pixels that are right already count less
/// ([paper](https://arxiv.org/abs/1708.02002)). Ignored pixels give 0 but count in the mean.
public final class FocalLoss implements Loss {

    private final Config config;

    public FocalLoss(Config config) {
        this.config = config;
    }

    /// @param gamma how much less pixels count that are right already
    /// @param alpha weight of a class's own pixels against all others, 0 to 1: one number, or one per class
    /// @param reduction how elements become one number
    /// @param classWeight weight per class
    /// @param loss weight and name
    public record Config(
            double gamma, List<Double> alpha, Reduction reduction, ClassWeight classWeight, LossConfig loss) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            if (!c.bool("use_sigmoid", true)) {
                throw c.error("use_sigmoid", "True", "False", "the focal loss asks about each class alone");
            }
            return new Config(
                    c.number("gamma", 2),
                    c.numbers("alpha", List.of(0.5)),
                    Reduction.read(c),
                    ClassWeight.read(c),
                    LossConfig.read(c, "loss_focal"));
        }
    }

    static FocalLoss read(ConfigNode c) {
        return new FocalLoss(Config.read(c));
    }

    @Override
    public String name() {
        return config.loss.name();
    }

    @Override
    public Tensor call(Pixels pixels) {
        return Reduction.scalar(config.reduction.apply(elements(pixels), Optional.empty(), Optional.empty()))
                .mul(config.loss.weight());
    }

    @Override
    public Tensor perPixel(Pixels pixels) {
        return elements(pixels).reduce(ReduceKind.SUM, 1).mul(config.loss.weight());
    }

    /// The loss of each pixel and class, weighted: `[N, K, H, W]`.
    private Tensor elements(Pixels pixels) {
        Tensor logits = pixels.logits();
        int classes = logits.channels();
        Tensor known = pixels.label().mul(pixels.valid().to(DType.INT64));
        Tensor target = known.oneHot(classes).permute(0, 3, 1, 2).to(DType.FLOAT32);
        Tensor other = target.neg().add(1);
        Tensor prob = logits.sigmoid();
        Tensor wrong = prob.neg().add(1).mul(target).add(prob.mul(other));
        Tensor alpha = perClass(logits, config.alpha);
        Tensor balance = alpha.mul(target).add(alpha.neg().add(1).mul(other));
        Tensor loss = logits.apply(new LossOp.BinaryCrossEntropyWithLogits(), target)
                .mul(balance)
                .mul(wrong.pow(config.gamma))
                .mul(pixels.valid().to(DType.FLOAT32).unsqueeze(1));
        if (pixels.weight().isPresent()) {
            loss = loss.mul(pixels.weight().get().unsqueeze(1));
        }
        List<Double> weights = config.classWeight.of(classes);
        return weights.isEmpty() ? loss : loss.mul(perClass(logits, weights));
    }

    /// One number for all classes, or one each: `[1, 1 or K, 1, 1]`.
    private static Tensor perClass(Tensor logits, List<Double> numbers) {
        return logits.literal(Shape.of(1, numbers.size(), 1, 1), numbers, DType.FLOAT32);
    }
}
