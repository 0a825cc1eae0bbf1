package terrazzo.models.losses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import terrazzo.config.ConfigNode;
import terrazzo.config.value.Value;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;
import terrazzo.graph.ir.PointwiseOp.UnaryKind;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.models.Loss;

/// A surrogate of the intersection over union that has gradients ([paper](https://arxiv.org/abs/1705.08790)): over
/// softmax probabilities of several classes, or as a hinge over the logits of one. Pixel weights do not change it.
public final class LovaszLoss implements Loss {

    private final Config config;

    public LovaszLoss(Config config) {
        this.config = config;
    }

    /// Which classes the mean is over.
    public sealed interface Classes {
        /// All.
        record All() implements Classes {}

        /// Those that some pixel has.
        record Present() implements Classes {}

        /// Those that the config lists.
        record Listed(List<Integer> indices) implements Classes {}
    }

    /// @param binary whether there is one logit per pixel, of label 1 against 0
    /// @param classes which classes the mean is over
    /// @param perImage whether images are compared one by one, then averaged
    /// @param reduction how the losses of images become one number
    /// @param classWeight weight per class
    /// @param loss weight and name
    public record Config(
            boolean binary,
            Classes classes,
            boolean perImage,
            Reduction reduction,
            ClassWeight classWeight,
            LossConfig loss) {

        static Config read(ConfigNode c) { // defaults: mmseg v1.0.0rc0
            String type = c.string("loss_type", "multi_class");
            if (!type.equals("binary") && !type.equals("multi_class")) {
                throw c.error("loss_type", "'binary' or 'multi_class'", "'" + type + "'", "");
            }
            Config config = new Config(
                    type.equals("binary"),
                    classes(c),
                    c.bool("per_image", false),
                    Reduction.read(c),
                    ClassWeight.read(c),
                    LossConfig.read(c, "loss_lovasz"));
            if (!config.perImage && config.reduction != Reduction.NONE) {
                throw c.error("reduction", "'none', as per_image is False", "'" + config.reduction + "'", "");
            }
            return config;
        }

        private static Classes classes(ConfigNode c) {
            if (!(c.find("classes").orElse(new Value.Str("present")) instanceof Value.Str(var name))) {
                return new Classes.Listed(c.ints("classes"));
            }
            return switch (name) {
                case "all" -> new Classes.All();
                case "present" -> new Classes.Present();
                default -> throw c.error("classes", "'all', 'present' or a list of classes", "'" + name + "'", "");
            };
        }
    }

    static LovaszLoss read(ConfigNode c) {
        return new LovaszLoss(Config.read(c));
    }

    @Override
    public String name() {
        return config.loss.name();
    }

    @Override
    public Tensor call(Pixels pixels) {
        Tensor losses = config.binary ? hinge(pixels) : softmax(pixels); // [G]
        Reduction reduction = config.perImage ? config.reduction : Reduction.MEAN;
        return Reduction.scalar(reduction.apply(losses, Optional.empty(), Optional.empty()))
                .mul(config.loss.weight());
    }

    @Override
    public Tensor perPixel(Pixels pixels) {
        return ClassOverlap.everywhere(call(pixels), pixels.label());
    }

    /// The loss of each group of pixels `[G]`: an image each, or all images as one.
    private Tensor softmax(Pixels pixels) {
        Tensor prob = grouped(pixels.logits().softmax(1)); // [G, K, P]
        Tensor label = grouped(pixels.label().unsqueeze(1)); // [G, 1, P]
        Tensor valid = label.ne(pixels.ignoreIndex());
        Dim classes = prob.dim(1);
        Tensor index = label.arange(classes, DType.INT64).reshape(classes, Dim.ONE);
        Tensor own = label.binary(BinaryKind.EQ, index).and(valid).to(DType.FLOAT32); // [G, K, P]
        Tensor errors = own.sub(prob).unary(UnaryKind.ABS);
        Tensor losses = extension(valid.where(errors, errors.full(errors.shape(), -1, DType.FLOAT32)), own); // [G, K]
        Tensor counts = counts(own); // [G, K]
        List<Double> weights = config.classWeight.of(pixels.logits().channels());
        Tensor weighted = weights.isEmpty() ? losses : losses.mul(perClass(losses, weights));
        Tensor number = counts.reduce(ReduceKind.SUM, 1).clamp(1, Double.POSITIVE_INFINITY);
        return weighted.mul(counts).reduce(ReduceKind.SUM, 1).div(number);
    }

    private Tensor hinge(Pixels pixels) {
        Tensor logits = grouped(pixels.logits()); // [G, 1, P]
        Tensor label = grouped(pixels.label().unsqueeze(1));
        Tensor valid = label.ne(pixels.ignoreIndex());
        Tensor own = label.to(DType.FLOAT32).mul(valid.to(DType.FLOAT32));
        Tensor errors = logits.mul(own.mul(2).add(-1)).neg().add(1);
        Tensor last = errors.full(errors.shape(), Double.NEGATIVE_INFINITY, DType.FLOAT32);
        return extension(valid.where(errors, last), own).squeeze(1);
    }

    /// The Lovász extension of the Jaccard loss (algorithm 1 of the paper): `[G, K]`. Pixels with errors below 0 give
    /// nothing, and those that do not count come last, so that they do not change the others.
    private static Tensor extension(Tensor errors, Tensor own) {
        List<Tensor> sorted = errors.sort(2, true);
        Tensor ownSorted = own.gather(2, sorted.get(1));
        Tensor count = own.reduceKeep(ReduceKind.SUM, 2);
        Tensor missed = count.sub(ownSorted.cumSum(2));
        Tensor union = count.add(ownSorted.neg().add(1).cumSum(2));
        Tensor jaccard = missed.div(union).neg().add(1); // [G, K, P]
        Dim pixels = errors.dim(2);
        Tensor first = jaccard.slice(2, 0, 1);
        Tensor steps = jaccard.slice(2, Dim.ONE, pixels).sub(jaccard.slice(2, Dim.ZERO, pixels.minus(1)));
        Tensor gradient = Tensor.concat(2, List.of(first, steps));
        return sorted.getFirst().relu().mul(gradient).reduce(ReduceKind.SUM, 2);
    }

    /// 1 for each class that the mean is over, else 0: `[G, K]`.
    private Tensor counts(Tensor own) {
        Tensor present = own.reduce(ReduceKind.AMAX, 2);
        return switch (config.classes) {
            case Classes.All() -> present.full(present.shape(), 1, DType.FLOAT32);
            case Classes.Present() -> present;
            case Classes.Listed(var indices) -> {
                List<Double> listed = new ArrayList<>();
                for (int k = 0; k < own.dim(1).intValue(); k++) {
                    listed.add(indices.contains(k) ? 1.0 : 0.0);
                }
                yield perClass(present, listed).expand(present.shape());
            }
        };
    }

    private static Tensor perClass(Tensor like, List<Double> numbers) {
        return like.literal(Shape.of(1, numbers.size()), numbers, DType.FLOAT32);
    }

    /// `[N, C, H, W]` as `[G, C, P]`.
    private Tensor grouped(Tensor x) {
        if (config.perImage) {
            return x.flatten(2);
        }
        Dim pixels = x.dim(0).times(x.dim(2)).times(x.dim(3));
        return x.permute(1, 0, 2, 3).reshape(Dim.ONE, x.dim(1), pixels);
    }
}
