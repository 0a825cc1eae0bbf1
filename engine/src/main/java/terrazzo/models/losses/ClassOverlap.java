package terrazzo.models.losses;

import java.util.ArrayList;
import java.util.List;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.ReduceOp.ReduceKind;
import terrazzo.models.Loss;

/// Predictions and labels as one map per class, for losses that compare areas.
///
/// @param pred probabilities `[N, K, H, W]`
/// @param target 1 at each pixel's class, else 0, `[N, K, H, W]`; ignored pixels count as the last class
/// @param valid 1 where a pixel counts, else 0, `[N, 1, H, W]`
record ClassOverlap(Tensor pred, Tensor target, Tensor valid) {

    static ClassOverlap of(Loss.Pixels pixels, int ignoreIndex) {
        Tensor logits = pixels.logits();
        int classes = logits.channels();
        Tensor known = pixels.label().clamp(0, classes - 1.0);
        Tensor target = known.oneHot(classes).permute(0, 3, 1, 2).to(DType.FLOAT32);
        Tensor valid = pixels.label().ne(ignoreIndex).to(DType.FLOAT32).unsqueeze(1);
        return new ClassOverlap(logits.softmax(1), target, valid);
    }

    /// The sum over the pixels of each image and class: `[N, K]`.
    static Tensor area(Tensor maps) {
        return maps.reduce(ReduceKind.SUM, 2, 3);
    }

    /// The mean over images, then over classes; a class whose index is `ignoreIndex` gives 0 but counts.
    ///
    /// @param losses `[N, K]`
    /// @param classWeight weight per class; empty for 1
    static Tensor mean(Tensor losses, List<Double> classWeight, int ignoreIndex) {
        int classes = losses.dim(1).intValue();
        List<Double> weights = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            double weight = classWeight.isEmpty() ? 1 : classWeight.get(k);
            weights.add(k == ignoreIndex ? 0 : weight);
        }
        Tensor weight = losses.literal(Shape.of(classes), weights, DType.FLOAT32);
        return losses.reduce(ReduceKind.MEAN, 0).mul(weight).sum().div(classes);
    }

    /// A loss of whole images as if each pixel had it: `[N, H, W]`.
    static Tensor everywhere(Tensor loss, Tensor label) {
        return loss.reshape(Dim.ONE, Dim.ONE, Dim.ONE).expand(label.shape());
    }
}
