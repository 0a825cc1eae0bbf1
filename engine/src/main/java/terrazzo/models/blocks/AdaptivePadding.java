package terrazzo.models.blocks;

import terrazzo.core.Size;
import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;
import terrazzo.graph.nn.ConvSpec;

/// Zeros around an image so that windows cover all of it and `ceil(size / stride)` of them fit.
///
/// @param kernel extent of a window in pixels, not below the stride
/// @param stride step of the windows in pixels
/// @param corner whether all zeros go to the bottom and right; else they go around, as TensorFlow's `SAME`
public record AdaptivePadding(Size kernel, Size stride, boolean corner) {

    public AdaptivePadding {
        if (kernel.height() < stride.height() || kernel.width() < stride.width()) {
            throw new IllegalArgumentException("expected a kernel not below the stride, got " + kernel);
        }
    }

    /// The padding that a convolution needs, put around the image.
    static AdaptivePadding same(ConvSpec conv) {
        Size extent = new Size(
                (conv.kernel().height() - 1) * conv.dilation().height() + 1,
                (conv.kernel().width() - 1) * conv.dilation().width() + 1);
        return new AdaptivePadding(extent, conv.stride(), false);
    }

    public Tensor pad(Tensor x) {
        Dim h = total(x.dim(-2), kernel.height(), stride.height());
        Dim w = total(x.dim(-1), kernel.width(), stride.width());
        Dim top = corner ? Dim.ZERO : h.floorDiv(2);
        Dim left = corner ? Dim.ZERO : w.floorDiv(2);
        return h.equals(Dim.ZERO) && w.equals(Dim.ZERO) ? x : x.pad(left, w.minus(left), top, h.minus(top));
    }

    private static Dim total(Dim size, int kernel, int stride) {
        return size.roundUp(stride).minus(size).plus((long) kernel - stride);
    }
}
