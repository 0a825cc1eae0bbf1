package terrazzo.models.losses;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import terrazzo.config.ConfigNode;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;
import terrazzo.models.Loss;
import terrazzo.models.PixelSampler;

/// Keeps the hardest pixels: those whose true class got a probability below `thresh`, at least `min_kept` per image on
/// average; or, without `thresh`, the `min_kept` per image with the highest loss
/// ([paper](https://arxiv.org/abs/1604.03540)).
public final class OHEMPixelSampler implements PixelSampler {

    private final OptionalDouble thresh;
    private final int minKept;

    /// @param thresh probability from 0 to 1
    /// @param minKept pixels per image, above 1
    public OHEMPixelSampler(OptionalDouble thresh, int minKept) {
        this.thresh = thresh;
        this.minKept = minKept;
    }

    public static OHEMPixelSampler read(ConfigNode c) {
        int minKept = c.integer("min_kept", 100000);
        if (minKept <= 1) {
            throw c.error("min_kept", "more than 1 pixel", Integer.toString(minKept), "");
        }
        OptionalDouble thresh = c.has("thresh") ? OptionalDouble.of(c.number("thresh")) : OptionalDouble.empty();
        return new OHEMPixelSampler(thresh, minKept);
    }

    @Override
    public Tensor sample(Loss.Pixels pixels, List<Loss> losses) {
        Loss.Pixels fixed =
                new Loss.Pixels(pixels.logits().detach(), pixels.label(), Optional.empty(), pixels.ignoreIndex());
        return thresh.isPresent() ? below(fixed, thresh.getAsDouble()) : worst(fixed, losses);
    }

    /// Ignored pixels get a difficulty that is never chosen, so that sizes stay those of the image.
    private Tensor below(Loss.Pixels pixels, double threshold) {
        Tensor valid = pixels.valid(); // [N, H, W]
        Tensor known = valid.where(pixels.label(), pixels.label().zerosLike());
        Tensor prob = pixels.logits().softmax(1).gather(1, known.unsqueeze(1)).squeeze(1); // [N, H, W]
        Tensor ignored = prob.full(prob.shape(), 2, DType.FLOAT32); // sorts behind every probability
        Tensor ranked = valid.where(prob, ignored).flatten(0).sort(0, false).getFirst(); // [N*H*W]
        Tensor count = valid.to(DType.INT64).sum();
        Tensor kept = pixels.label().full(Shape.of(1), minKept, DType.INT64).mul(batch(pixels));
        Tensor last = count.add(-1).clamp(0, Double.POSITIVE_INFINITY);
        Tensor index = kept.binary(BinaryKind.MINIMUM, last); // [1]
        Tensor least = ranked.indexSelect(0, index).clamp(threshold, Double.POSITIVE_INFINITY);
        return prob.binary(BinaryKind.LT, least).and(valid).to(DType.FLOAT32);
    }

    private Tensor worst(Loss.Pixels pixels, List<Loss> losses) {
        Tensor loss = losses.stream()
                .map(l -> l.perPixel(pixels))
                .reduce(Tensor::add)
                .orElseThrow(() -> new IllegalStateException("a head has at least one loss"));
        Tensor valid = pixels.valid();
        Tensor ignored = loss.full(loss.shape(), Double.NEGATIVE_INFINITY, DType.FLOAT32);
        Tensor order = valid.where(loss, ignored).flatten(0).sort(0, true).get(1); // [N*H*W], worst first
        Dim all = order.dim(0);
        Tensor chosen = order.arange(all, DType.INT64)
                .binary(BinaryKind.LT, batch(pixels).mul(minKept))
                .to(DType.FLOAT32);
        Tensor weight = chosen.zerosLike().scatter(0, order, chosen).reshape(valid.shape());
        return weight.mul(valid.to(DType.FLOAT32));
    }

    /// The number of images, as a tensor `[1]`.
    private static Tensor batch(Loss.Pixels pixels) {
        return pixels.label()
                .full(Shape.of(pixels.label().dim(0)), 1, DType.INT64)
                .sum()
                .reshape(Dim.ONE);
    }
}
