package terrazzo.models.blocks;

import terrazzo.core.shape.Dim;
import terrazzo.graph.Tensor;

/// An image as a row of tokens, with the size that it had.
///
/// @param x `[N, h*w, D]`
/// @param h height of the image in tokens
/// @param w width of the image in tokens
public record Tokens(Tensor x, Dim h, Dim w) {

    /// The pixels of `[N, D, H, W]` row by row.
    public static Tokens of(Tensor image) {
        return new Tokens(image.flatten(2).transpose(1, 2), image.dim(2), image.dim(3));
    }

    /// The image again: `[N, D, h, w]`.
    public Tensor image() {
        return x.transpose(1, 2).reshape(x.dim(0), x.dim(2), h, w);
    }

    /// Other tokens of the same image.
    public Tokens with(Tensor other) {
        return new Tokens(other, h, w);
    }
}
