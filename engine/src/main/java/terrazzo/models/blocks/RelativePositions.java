package terrazzo.models.blocks;

import terrazzo.core.Size;
import terrazzo.graph.Tensor;

/// Where two pixels of a window stand to each other, as indices into a table with one row per relative position.
///
/// @param window extent of the window in pixels or patches
public record RelativePositions(Size window) {

    /// Rows of a table that stand for the class token: token to pixels, pixels to the token, and the token to itself.
    public static final int CLASS_ROWS = 3;

    /// How many relative positions there are.
    public long count() {
        return (2L * window.height() - 1) * (2L * window.width() - 1);
    }

    /// How many there are when a class token stands before the pixels.
    public long countWithClass() {
        return count() + CLASS_ROWS;
    }

    /// The index for a pair of pixels, both counted row by row; `pair` is `first * area + second`.
    public long between(long pair) {
        long area = window.area();
        return between(pair / area, pair % area);
    }

    /// The index for a pair of tokens, of which the first is the class token.
    public long withClass(long pair) {
        long tokens = window.area() + 1;
        long first = pair / tokens;
        long second = pair % tokens;
        if (first == 0) {
            return second == 0 ? count() + 2 : count();
        }
        return second == 0 ? count() + 1 : between(first - 1, second - 1);
    }

    private long between(long first, long second) {
        long width = window.width();
        long rows = first / width - second / width + window.height() - 1;
        long columns = first % width - second % width + width - 1;
        return rows * (2 * width - 1) + columns;
    }

    /// The biases of an attention: table `[positions, heads]` and index `[L, L]` to `[heads, L, L]`.
    public static Tensor biases(Tensor table, Tensor index) {
        Tensor rows = table.indexSelect(0, index.flatten(0)); // [L*L, heads]
        return rows.reshape(index.dim(0), index.dim(1), table.dim(1)).permute(2, 0, 1);
    }
}
