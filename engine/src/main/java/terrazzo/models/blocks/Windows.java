package terrazzo.models.blocks;

import terrazzo.core.shape.DType;
import terrazzo.core.shape.Dim;
import terrazzo.core.shape.Shape;
import terrazzo.graph.Tensor;
import terrazzo.graph.ir.PointwiseOp.BinaryKind;

/// An image of tokens cut into square windows, with zeros at the bottom and right that make it a whole number of them.
///
/// @param h height of the image in tokens
/// @param w width of the image in tokens
/// @param size extent of a window in tokens
public record Windows(Dim h, Dim w, int size) {

    public static Windows over(Tokens tokens, int size) {
        return new Windows(tokens.h(), tokens.w(), size);
    }

    /// The height with the zeros.
    public Dim paddedH() {
        return h.roundUp(size);
    }

    /// The width with the zeros.
    public Dim paddedW() {
        return w.roundUp(size);
    }

    private Dim down() {
        return h.ceilDiv(size);
    }

    private Dim across() {
        return w.ceilDiv(size);
    }

    /// Tokens as an image with the zeros: `[N, H, W, D]`.
    public Tensor padded(Tokens tokens) {
        Tensor image = tokens.image(); // [N, D, h, w]
        return image.pad(Dim.ZERO, paddedW().minus(w), Dim.ZERO, paddedH().minus(h))
                .permute(0, 2, 3, 1);
    }

    /// `[N, H, W, D]` as `[N, windows, area, D]`.
    public Tensor split(Tensor image) {
        Dim side = Dim.of(size);
        return image.reshape(image.dim(0), down(), side, across(), side, image.dim(3))
                .permute(0, 1, 3, 2, 4, 5)
                .reshape(image.dim(0), down().times(across()), side.times(side), image.dim(3));
    }

    /// `[N, windows, area, D]` as `[N, H, W, D]`.
    public Tensor join(Tensor windows) {
        Dim side = Dim.of(size);
        return windows.reshape(windows.dim(0), down(), across(), side, side, windows.dim(3))
                .permute(0, 1, 3, 2, 4, 5)
                .reshape(windows.dim(0), paddedH(), paddedW(), windows.dim(3));
    }

    /// `[N, H, W, D]` as tokens `[N, L, D]`, without the zeros.
    public Tensor cropped(Tensor image) {
        return image.slice(1, Dim.ZERO, h).slice(2, Dim.ZERO, w).flatten(1, 2);
    }

    /// What keeps the tokens of a window apart that are of different regions: `[windows, area, area]`.
    ///
    /// @param region a number per token: `[H, W]`
    /// @param apart what stands between tokens of different regions; 0 stands between others
    public Tensor separation(Tensor region, double apart) {
        Tensor image = region.unsqueeze(0).unsqueeze(-1); // [1, H, W, 1]
        Tensor regions = split(image).reshape(Shape.of(down().times(across()), Dim.of((long) size * size)));
        Tensor different = regions.unsqueeze(1).binary(BinaryKind.NE, regions.unsqueeze(2));
        return different.to(DType.FLOAT32).mul(apart);
    }
}
