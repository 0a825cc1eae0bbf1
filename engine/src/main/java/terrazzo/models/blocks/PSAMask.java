package terrazzo.models.blocks;

import terrazzo.core.Size;
import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;

/// Turns weights per offset into weights per place ([PSANet](https://hszhao.github.io/papers/eccv18_psanet.pdf)).
public final class PSAMask {

    private PSAMask() {}

    /// Weights of a map of `L = h*w` pixels. Where an offset lies beyond the mask, the weight is 0.
    ///
    /// @param predicted weights of the offsets around each pixel, row by row: `[N, mask.area, h, w]`
    /// @param mask extent of the window of offsets, its middle being the pixel itself
    /// @param collects whether `[n, i, j]` is the weight of pixel i for pixel j; else of j for i
    /// @return `[N, L, L]`
    public static Tensor places(Tensor predicted, Size mask, boolean collects) {
        Dim h = predicted.dim(2);
        Dim w = predicted.dim(3);
        Tensor rows = offsets(predicted.arange(h, DType.INT64).unsqueeze(1), h, w, mask.height());
        Tensor columns = offsets(predicted.arange(w, DType.INT64).unsqueeze(0), h, w, mask.width());
        Tensor inside = within(rows, mask.height()).and(within(columns, mask.width()));
        Tensor index = rows.mul(mask.width()).add(columns).mul(inside.to(DType.INT64)); // [L, L]
        Dim pixels = h.times(w);
        Tensor places = predicted
                .flatten(2)
                .gather(1, index.unsqueeze(0).expand(Shape.of(predicted.dim(0), pixels, pixels)))
                .mul(inside.to(DType.FLOAT32));
        return collects ? places : places.transpose(1, 2);
    }

    /// For place i and pixel j, where i lies in j's window along one axis.
    private static Tensor offsets(Tensor positions, Dim h, Dim w, int extent) {
        Tensor flat = positions.expand(Shape.of(h, w)).flatten(0); // [L]
        return flat.unsqueeze(1).sub(flat.unsqueeze(0)).add(Math.floorDiv(extent - 1, 2));
    }

    private static Tensor within(Tensor offsets, int extent) {
        return offsets.ge(0).and(offsets.scalar(BinaryKind.LT, extent));
    }
}
