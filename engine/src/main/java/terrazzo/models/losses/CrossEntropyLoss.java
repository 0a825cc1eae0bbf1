package terrazzo.models.losses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.LossOp;
import terrazzo.models.Loss;

/// Cross entropy over classes, or over each class alone (`use_sigmoid`).
///
/// Ignored pixels give 0 but count in the mean, unless `avg_non_ignore`.
public final class CrossEntropyLoss implements Loss {

    private final Config config;

    public CrossEntropyLoss(Config config) {
        this.config = config;
    }

    /// @param useSigmoid whether each class is a question of its own
    /// @param reduction how pixels become one number
    /// @param classWeight weight per class
    /// @param loss weight and name
    /// @param avgNonIgnore whether the mean is over pixels that are not ignored
    public record Config(
            boolean useSigmoid, Reduction reduction, ClassWeight classWeight, LossConfig loss, boolean avgNonIgnore) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            if (c.bool("use_mask", false)) {
                throw c.error("use_mask", "False", "True", "mask losses need instances, which label maps do not have");
            }
            Config config = new Config(
                    c.bool("use_sigmoid", false),
                    Reduction.read(c),
                    ClassWeight.read(c),
                    LossConfig.read(c, "loss_ce"),
                    c.bool("avg_non_ignore", false));
            if (config.useSigmoid && config.classWeight.isGiven()) {
                // mmseg: spreads the weights along the width of the image, and fails
                throw c.error("class_weight", "None, as use_sigmoid is True", config.classWeight.toString(), "");
            }
            return config;
        }
    }

    static CrossEntropyLoss read(ConfigNode c) {
        return new CrossEntropyLoss(Config.read(c));
    }

    @Override
    public String name() {
        return config.loss.name();
    }

    @Override
    public Tensor call(Pixels pixels) {
        return Reduction.scalar(reduced(pixels, config.reduction));
    }

    @Override
    public Tensor perPixel(Pixels pixels) {
        return reduced(pixels, Reduction.NONE);
    }

    private Tensor reduced(Pixels pixels, Reduction reduction) {
        Tensor loss = config.useSigmoid ? sigmoid(pixels, reduction) : softmax(pixels, reduction);
        return loss.mul(config.loss.weight());
    }

    private Tensor softmax(Pixels pixels, Reduction reduction) {
        List<Tensor> operands = new ArrayList<>(List.of(pixels.logits(), pixels.label()));
        classWeights(pixels).ifPresent(operands::add);
        Tensor loss = pixels.logits()
                .trace()
                .apply(new LossOp.CrossEntropy(pixels.ignoreIndex()), operands)
                .getFirst(); // [N, H, W]
        Optional<Tensor> divisor = config.avgNonIgnore
                ? Optional.of(pixels.valid().to(DType.FLOAT32).sum())
                : Optional.empty();
        return reduction.apply(loss, pixels.weight(), divisor);
    }

    private Tensor sigmoid(Pixels pixels, Reduction reduction) {
        Tensor logits = pixels.logits();
        boolean binary = logits.channels() == 1;
        Tensor valid = pixels.label().ge(0).and(pixels.valid()).to(DType.FLOAT32); // [N, H, W]
        Tensor target = binary ? pixels.label().to(DType.FLOAT32) : oneHot(pixels, valid);
        Tensor mask = binary ? valid : valid.unsqueeze(1).expand(logits.shape());
        Tensor weight = pixels.weight()
                .map(w -> binary ? w.mul(mask) : w.unsqueeze(1).mul(mask))
                .orElse(mask);
        Tensor questions = binary ? logits.squeeze(1) : logits;
        Tensor loss = questions.apply(new LossOp.BinaryCrossEntropyWithLogits(), target);
        Optional<Tensor> divisor = config.avgNonIgnore ? Optional.of(mask.sum()) : Optional.empty();
        return reduction.apply(loss, Optional.of(weight), divisor);
    }

    /// 1 at each pixel's class, 0 elsewhere and where the pixel is ignored: `[N, K, H, W]`.
    private static Tensor oneHot(Pixels pixels, Tensor valid) {
        int classes = pixels.logits().channels();
        Tensor known = pixels.label().mul(valid.to(DType.INT64));
        return known.oneHot(classes).permute(0, 3, 1, 2).to(DType.FLOAT32).mul(valid.unsqueeze(1));
    }

    private Optional<Tensor> classWeights(Pixels pixels) {
        List<Double> weights = config.classWeight.of(pixels.logits().channels());
        return weights.isEmpty()
                ? Optional.empty()
                : Optional.of(pixels.logits().literal(Shape.of(weights.size()), weights, DType.FLOAT32));
    }
}
